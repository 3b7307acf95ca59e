//! The policy file of a new crate: what was inferred, as comments.

use std::fmt::Write;
use std::path::Path;

use codegen::Generated;
use codegen::rust::Crate;

/// As many operations are listed.
const MOST: usize = 200;

pub fn text(document: &Path, out: &Path, generated: &Generated) -> String {
    let sdk = &generated.sdk;
    let document = document.file_name().unwrap_or_default().to_string_lossy();
    let mut text = format!(
        "# What {document} does not say about the crate in {}. A line that is a comment says what holds without it.\n",
        out.display().to_string().replace('\\', "/")
    );
    package(sdk, &mut text);
    let own = r#"["LICENSE", "CHANGELOG.md", "src/ext.rs", "tests/mine.rs"]"#;
    let rest = format!(
        "\n# Files of yours in the folder of the crate; src/ext.rs is a module of it.\n# own_files = {own}\n"
    );
    // What is in no table comes before the tables.
    text.insert_str(text.find("\n[package]").unwrap_or(text.len()), &rest);
    client(sdk, &mut text);
    envelope(sdk, &mut text);
    names(sdk, &mut text);
    text
}

fn package(sdk: &Crate, text: &mut String) {
    let package = &sdk.package;
    let _ = write!(
        text,
        "\n[package]\nname = {}\nversion = {}\n# description = {}\n# license = \"MIT OR Apache-2.0\"\n# repository = \"https://example.com/\"\n",
        quoted(&package.name),
        quoted(&package.version),
        quoted(&package.description),
    );
}

fn client(sdk: &Crate, text: &mut String) {
    let service = &sdk.service;
    let _ = write!(
        text,
        "\n[client]\n# The environment variable that names another server.\n# base_url_variable = {}\n",
        quoted(&service.base_url_variable)
    );
    if sdk.credentials.is_empty() {
        return;
    }
    text.push_str("\n# The ways to authenticate: each is a constructor of `Credentials`, with an argument and an environment variable for\n# each security scheme.\n");
    for constructor in &sdk.credentials {
        let _ = writeln!(text, "# [client.credentials.{}]", plain(&constructor.name));
        let schemes = &service.alternatives[constructor.alternative].schemes;
        let schemes = schemes.iter().zip(&constructor.arguments);
        let schemes: Vec<String> = schemes
            .map(|(scheme, argument)| {
                let variable = match scheme.variable.as_str() {
                    "" => String::new(),
                    variable => format!(", variable = {}", quoted(variable)),
                };
                format!(
                    "{{ scheme = {}, argument = {}{variable} }}",
                    quoted(&scheme.name),
                    quoted(plain(argument))
                )
            })
            .collect();
        let _ = writeln!(text, "# schemes = [{}]", schemes.join(", "));
    }
}

/// What responses are wrapped in, if that was found.
fn envelope(sdk: &Crate, text: &mut String) {
    let Some(envelope) = &sdk.service.envelope else {
        return;
    };
    let says = if envelope.data.is_empty() {
        "What says in each response whether the call went well, which is an error otherwise; `envelope = false` at the top, if it is not that."
    } else {
        "What wraps the responses, whose data is what methods return; `envelope = false` at the top, if that is none."
    };
    let _ = writeln!(text, "\n# {says}\n# [envelope]");
    for (key, name) in [
        ("success", &envelope.success),
        ("data", &envelope.data),
        ("errors", &envelope.errors),
        ("messages", &envelope.messages),
    ] {
        if !name.is_empty() {
            let _ = writeln!(text, "# {key} = {}", quoted(name));
        }
    }
}

fn names(sdk: &Crate, text: &mut String) {
    text.push_str("\n# Where operations are found on the client. The lock keeps what is inferred; a line here is a name of your own.\n# `* /stores/**` = `shops.**` moves many at once.\n[methods]\n");
    let mut names = sdk.operation_names();
    names.dedup_by(|one, other| one.0 == other.0);
    for (key, name) in names.iter().take(MOST) {
        let _ = writeln!(text, "# {} = {}", quoted(key), quoted(name));
    }
    if names.len() > MOST {
        let more = names.len() - MOST;
        let _ = writeln!(text, "# and {more} more, which `cargo sdk names` prints");
    }
}

fn plain(name: &str) -> &str {
    name.trim_start_matches("r#")
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
