//! Media types of bodies.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::{Lowering, example};
use crate::api::{Media, Origin};
use crate::location::Trail;

impl Lowering<'_> {
    pub(super) fn content(
        &mut self,
        content: &IndexMap<String, MediaType>,
        origin: Origin,
        at: &Trail<'_>,
    ) -> Vec<Media> {
        let at = at.key("content");
        let mut list = Vec::new();
        for (name, media) in content {
            let at = at.key(name);
            let schema_at = at.key("schema");
            let schema = media.schema.as_ref();
            list.push(Media {
                media_type: name.trim().to_lowercase(),
                ty: schema.map(|schema| self.schema(schema, &schema_at, origin.clone())),
                example: example(&media.example, &media.examples),
                location: self.location(&at),
            });
        }
        list
    }
}
