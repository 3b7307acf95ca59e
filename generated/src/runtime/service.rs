//! What one service is to the runtime: constant data, which only the generated crate knows.

/// The facts about one API that the runtime works from.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// The value of the `user-agent` header, such as `my-sdk/1.2.3`.
    pub user_agent: &'static str,
    /// The server used unless another is given; empty if the API names none.
    pub base_url: &'static str,
    /// The environment variable that overrides the server; empty for none.
    pub base_url_variable: &'static str,
    /// The ways to authenticate, the preferred one first; empty if the API has none.
    pub alternatives: Security,
    /// What operations take of the credentials unless they state something else.
    pub security: Security,
    /// What calls of other paths take.
    pub undocumented: Security,
    /// Whether a client without credentials is rejected when it is built.
    pub credentials_required: bool,
    /// The object that every response is wrapped in, if there is one.
    pub envelope: Option<Envelope>,
    /// The response headers that may hold the request's id, the preferred one first.
    pub request_id_headers: &'static [&'static str],
    /// The request header that says how often the call was tried before; empty for none.
    pub retry_count_header: &'static str,
    /// The JSON that calls ask for which state none of their own, such as `application/vnd.acme.v2+json`; empty for
    /// `application/json`.
    pub accept: &'static str,
    /// The data of the event or the line that ends a stream, besides `[DONE]`; empty for none.
    pub stream_end: &'static str,
    /// The wire names of the properties whose values are secret or personal.
    pub sensitive: &'static [&'static str],
}

/// The member names of the object that wraps every response.
#[derive(Debug, Clone, Copy)]
pub struct Envelope {
    /// Whether the call succeeded.
    pub success: &'static str,
    /// What the caller asked for; empty where that is the whole response.
    pub data: &'static str,
    /// Why the call failed.
    pub errors: &'static str,
    /// What else the service has to say.
    pub messages: &'static str,
}

/// What calls authenticate with: the first alternative whose schemes the client has secrets for, and
/// all schemes of that one. An alternative without schemes means that no secret is needed.
pub type Security = &'static [&'static [&'static Scheme]];

/// One secret and its place in a request.
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    /// The name, for messages; it never holds the secret.
    pub name: &'static str,
    /// Where the secret goes.
    pub placement: Placement,
    /// The environment variable that holds the secret; empty for none.
    pub variable: &'static str,
}

/// Where a secret goes in a request.
#[derive(Debug, Clone, Copy)]
pub enum Placement {
    /// The header `authorization: Bearer …`.
    Bearer,
    /// The same, with a token that these endpoints give; empty for those that the document does not
    /// state. They may be seen from the server.
    OAuth2 {
        /// For client credentials.
        token_url: &'static str,
        /// For a refresh token.
        refresh_url: &'static str,
    },
    /// The header `authorization: Basic …`; the secret is `user:password`.
    Basic,
    /// The same, where a key is the user and there is no password.
    BasicKey,
    /// The header `authorization`, with the name of this scheme before the secret.
    Authorization(&'static str),
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
}
