//! Media types of bodies.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::{Lowering, example};
use crate::api::{Media, Origin};
use crate::document::pointer;

impl Lowering<'_> {
    pub(super) fn content(
        &mut self,
        content: &IndexMap<String, MediaType>,
        origin: Origin,
        at: &str,
    ) -> Vec<Media> {
        let at = pointer::join(at, "content");
        let mut list = Vec::new();
        for (name, media) in content {
            let at = pointer::join(&at, name);
            let schema_at = pointer::join(&at, "schema");
            let schema = media.schema.as_ref();
            list.push(Media {
                media_type: name.trim().to_lowercase(),
                ty: schema.map(|schema| self.schema(schema, &schema_at, origin.clone())),
                example: example(&media.example, &media.examples),
                pointer: at,
            });
        }
        list
    }
}
