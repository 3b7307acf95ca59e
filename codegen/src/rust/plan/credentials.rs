//! How callers give credentials: the ways to authenticate, and a constructor for each.

use std::collections::HashSet;

use toml::Spanned;

use super::Plan;
use super::security::Alternatives;
use crate::policy;
use crate::rust::names::{Scope, snake};
use crate::rust::reserved::CREDENTIALS_FUNCTIONS;
use crate::rust::{Alternative, Constructor, Placement, Scheme, TokenUrls, docs};

impl Plan<'_> {
    pub(super) fn stated_credentials(&mut self) -> (Vec<Alternative>, Vec<Constructor>) {
        let policy = self.policy;
        let mut alternatives = Vec::new();
        let mut constructors = Vec::new();
        let mut names = HashSet::new();
        for (name, credentials) in &policy.client.credentials {
            self.check_constructor(name, !names.insert(snake(name.get_ref())));
            let name = name.get_ref();
            let mut schemes = Vec::new();
            for scheme in &credentials.schemes {
                match self.schemes.get(scheme.scheme.get_ref()) {
                    Some(scheme) => schemes.push(scheme.clone()),
                    None => {
                        let message = format!(
                            "there is no usable security scheme `{}`",
                            scheme.scheme.get_ref()
                        );
                        let names = self.scheme_names();
                        let otherwise = "name one of components/securitySchemes";
                        let help = self.meant(scheme.scheme.get_ref(), &names, otherwise);
                        let span = scheme.scheme.span();
                        self.policy_error(policy::UNUSED, &message, span, &help);
                    }
                }
            }
            let arguments = credentials.schemes.iter().map(|s| s.argument.as_str());
            constructors.push(self.constructor(name, arguments, &schemes, alternatives.len()));
            alternatives.push(Alternative { schemes });
        }
        (alternatives, constructors)
    }

    fn check_constructor(&mut self, name: &Spanned<String>, is_second: bool) {
        let method = snake(name.get_ref());
        let taken = is_second || CREDENTIALS_FUNCTIONS.contains(&method.as_str());
        if taken || method.trim_start_matches("r#") != name.get_ref() {
            let message = format!("`{}` cannot be the name of a constructor", name.get_ref());
            let help = if taken {
                "the name is taken; choose another"
            } else {
                "write it in snake_case"
            };
            self.policy_error(policy::INVALID, &message, name.span(), help);
        }
    }

    /// One alternative for each that an operation takes, in the order of the document, but for those
    /// that others are parts of: a client can hold several credentials.
    pub(super) fn inferred_credentials(
        &self,
        default: &Alternatives,
    ) -> (Vec<Alternative>, Vec<Constructor>) {
        let mut lists: Vec<Vec<String>> = Vec::new();
        let taken = self
            .operations
            .iter()
            .flat_map(|(index, _)| &self.taken[index]);
        for names in taken.chain(default) {
            if !names.is_empty() && !lists.contains(names) {
                lists.push(names.clone());
            }
        }
        let whole = |names: &Vec<String>| !is_made_of_others(names, &lists);
        let whole: Vec<Vec<String>> = lists.iter().filter(|names| whole(names)).cloned().collect();
        let mut scope = Scope::reserving(CREDENTIALS_FUNCTIONS);
        let (mut alternatives, mut constructors) = (Vec::new(), Vec::new());
        for names in whole {
            let schemes = names.iter().filter_map(|name| self.schemes.get(name));
            let schemes: Vec<Scheme> = schemes.cloned().collect();
            let words: Vec<&str> = schemes.iter().map(|scheme| scheme.word.as_str()).collect();
            let name = scope.claim(snake(&words.join("_and_")));
            let arguments = schemes.iter().map(argument);
            constructors.push(self.constructor(&name, arguments, &schemes, alternatives.len()));
            alternatives.push(Alternative { schemes });
        }
        (alternatives, constructors)
    }

    fn constructor<'n>(
        &self,
        name: &str,
        arguments: impl Iterator<Item = &'n str>,
        schemes: &[Scheme],
        alternative: usize,
    ) -> Constructor {
        let mut scope = Scope::default();
        let known = |scheme: &Scheme| {
            let mut known = self.security_schemes.iter();
            known.find(|s| s.name == scheme.name)
        };
        let described = schemes.iter().filter_map(|scheme| {
            let known = known(scheme)?;
            (!known.description.is_empty()).then(|| self.clean(&known.description))
        });
        let mut paragraphs: Vec<String> = described.collect();
        if paragraphs.is_empty() {
            let names: Vec<String> = schemes.iter().map(|s| docs::code(&s.name)).collect();
            paragraphs.push(format!("Authenticates by {}.", names.join(" and ")));
        }
        let oauth = schemes.iter().filter_map(|scheme| scheme.tokens.as_ref());
        paragraphs.extend(oauth.map(tokens_docs));
        if schemes.iter().any(|s| s.placement == Placement::Basic) {
            let basic =
                "[`Secret::basic`](crate::Secret::basic) makes it of a user and a password.";
            paragraphs.push(basic.to_owned());
        }
        if schemes.iter().any(is_whole_authorization) {
            let whole = "It is the whole value of the header `Authorization`: a word that the API wants before a key is a part of it.";
            paragraphs.push(whole.to_owned());
        }
        let words = schemes.iter().filter_map(|scheme| match &scheme.placement {
            Placement::Authorization(word) => Some(docs::code(word)),
            _ => None,
        });
        paragraphs.extend(words.map(|word| format!("{word} is written before it.")));
        let location = schemes.first().and_then(known).map(|s| s.location.clone());
        Constructor {
            name: snake(name),
            docs: paragraphs.join("\n\n"),
            alternative,
            arguments: arguments.map(|name| scope.claim(snake(name))).collect(),
            location: location.filter(|location| !location.pointer.is_empty()),
        }
    }
}

/// Whether a key is sent as a header in which a word states its kind (RFC 9110, section 11.6.2).
fn is_whole_authorization(scheme: &Scheme) -> bool {
    matches!(&scheme.placement, Placement::Header(name) if name.eq_ignore_ascii_case("authorization"))
}

/// How a caller gets tokens, for the docs of a constructor.
fn tokens_docs(tokens: &TokenUrls) -> String {
    let grants = [
        ("client_credentials", &tokens.client_credentials),
        ("refresh_token", &tokens.refresh),
    ];
    let known = grants.iter().filter(|(_, url)| !url.is_empty());
    let known = known.map(|(name, _)| format!("[`OAuth2::{name}`](crate::OAuth2::{name})"));
    let known = known.collect::<Vec<_>>().join(" or ");
    format!("It takes a token, or what gets tokens and renews them: {known}.")
}

/// Whether each of the schemes is in a smaller list, with nothing but them.
fn is_made_of_others(names: &[String], lists: &[Vec<String>]) -> bool {
    let parts = lists
        .iter()
        .filter(|list| list.len() < names.len() && list.iter().all(|name| names.contains(name)));
    let parts: HashSet<&String> = parts.flatten().collect();
    names.iter().all(|name| parts.contains(name))
}

/// What a constructor's argument is called where the policy does not say.
fn argument(scheme: &Scheme) -> &str {
    match scheme.placement {
        // Two secrets in one, as they are sent: `user:password` (RFC 7617).
        Placement::Basic => "user_colon_password",
        _ => &scheme.word,
    }
}
