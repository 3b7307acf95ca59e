//! Media types of bodies.

use indexmap::IndexMap;
use openapiv3::MediaType;
use serde_json::Value;

use super::Lowering;
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
                examples: self.examples(media, &at),
                location: self.location(&at),
            });
        }
        list
    }

    /// `example`, and the values of `examples`; those in files elsewhere have none.
    fn examples(&self, media: &MediaType, at: &Trail<'_>) -> Vec<Value> {
        let resolved = |object| self.document.resolve(object, at).ok();
        let several = media.examples.values().filter_map(resolved);
        let several = several.filter_map(|(example, _)| example.value.clone());
        media.example.clone().into_iter().chain(several).collect()
    }
}
