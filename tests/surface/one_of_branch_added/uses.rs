//! A branch is added to a oneOf: minor

use api::models::{Contact, Email};

pub fn email(contact: Contact) -> Option<Email> {
    match contact {
        Contact::Email(email) => Some(email),
        Contact::Phone(_) => None,
        _ => None,
    }
}

pub fn convert(email: Email) -> Contact {
    email.into()
}

fn main() {}
