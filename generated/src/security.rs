//! How clients of this API authenticate, and what calls take of that.

use crate::runtime::{Placement, Scheme, Security};

pub static API_TOKEN: Scheme = Scheme {
    name: "api_token",
    placement: Placement::Bearer,
    variable: "CLOUDFLARE_API_TOKEN",
};

pub static API_EMAIL: Scheme = Scheme {
    name: "api_email",
    placement: Placement::Header("X-Auth-Email"),
    variable: "CLOUDFLARE_EMAIL",
};

pub static API_KEY: Scheme = Scheme {
    name: "api_key",
    placement: Placement::Header("X-Auth-Key"),
    variable: "CLOUDFLARE_API_KEY",
};

/// The ways to authenticate, the preferred one first.
pub static ALTERNATIVES: Security = &[&[&API_TOKEN], &[&API_EMAIL, &API_KEY]];
