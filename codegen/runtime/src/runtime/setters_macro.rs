//! Setters of models, which follow each other.

/// Defines setters of what may be missing: the name of each, how it takes the value, the field, and the type of that.
///
/// - `value`: as it is; `boxed`: in a box.
/// - `into`: what becomes one.
/// - `items`, `list`: a list, of what is or becomes an item.
/// - `entries`, `map`: an object whose names are data, of what is or becomes a value.
/// - `null`: null, which is not the same as nothing.
macro_rules! setters {
    ($model:ident { $($setter:ident: $how:ident $field:ident $(as $ty:ty)?;)* }) => {
        #[allow(deprecated, clippy::should_implement_trait, clippy::wrong_self_convention)]
        impl $model {
            $($crate::runtime::setters!(@ $how $setter $field $($ty)?);)*
        }
    };
    (@ value $setter:ident $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(mut self, value: $ty) -> Self {
            self.$field = $crate::runtime::Settable::of(value);
            self
        }
    };
    (@ boxed $setter:ident $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(mut self, value: $ty) -> Self {
            self.$field = $crate::runtime::Settable::of(Box::new(value));
            self
        }
    };
    (@ into $setter:ident $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(mut self, value: impl Into<$ty>) -> Self {
            let value: $ty = value.into();
            self.$field = $crate::runtime::Settable::of(value);
            self
        }
    };
    (@ items $setter:ident $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(mut self, value: impl IntoIterator<Item = $ty>) -> Self {
            let value: Vec<$ty> = value.into_iter().collect();
            self.$field = $crate::runtime::Settable::of(value);
            self
        }
    };
    (@ list $setter:ident $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(mut self, value: impl IntoIterator<Item = impl Into<$ty>>) -> Self {
            let value: Vec<$ty> = value.into_iter().map(Into::into).collect();
            self.$field = $crate::runtime::Settable::of(value);
            self
        }
    };
    (@ entries $setter:ident $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(
            mut self,
            value: impl IntoIterator<Item = (impl Into<String>, $ty)>,
        ) -> Self {
            let value = value.into_iter().map(|(name, value)| (name.into(), value));
            let value: ::std::collections::BTreeMap<String, $ty> = value.collect();
            self.$field = $crate::runtime::Settable::of(value);
            self
        }
    };
    (@ map $setter:ident $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(
            mut self,
            value: impl IntoIterator<Item = (impl Into<String>, impl Into<$ty>)>,
        ) -> Self {
            let value = value.into_iter().map(|(name, value)| (name.into(), value.into()));
            let value: ::std::collections::BTreeMap<String, $ty> = value.collect();
            self.$field = $crate::runtime::Settable::of(value);
            self
        }
    };
    (@ null $setter:ident $field:ident) => {
        #[must_use]
        pub fn $setter(mut self) -> Self {
            self.$field = Some(None);
            self
        }
    };
}

pub(crate) use setters;
