//! Setters of models, which follow each other.

/// Defines setters of what may be missing: the name of each, how it takes the value, the field, and the type of that.
///
/// - `value`: as it is; `boxed`: in a box.
/// - `number`: a float, or what becomes one.
/// - `into`: what becomes one.
/// - `items`, `list`: a list, of what is or becomes an item.
/// - `entries`, `map`: an object whose names are data, of what is or becomes a value.
/// - `null`: null, which is not the same as nothing.
///
/// Each takes an `Option` as well, and leaves the field as it is for `None`. Where one cannot distinguish that from a value,
/// another setter does, whose name follows.
macro_rules! setters {
    ($model:ident { $(
        $setter:ident $(, $maybe:ident)?: $how:ident $field:ident $(as $ty:ty)?;
    )* }) => {
        #[allow(deprecated, clippy::should_implement_trait, clippy::wrong_self_convention)]
        impl $model {
            $($crate::runtime::setters!(@ $how $setter $($maybe)? => $field $($ty)?);)*
        }
    };
    (@ value $setter:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(mut self, value: impl Into<Option<$ty>>) -> Self {
            $crate::runtime::set::<_, $ty>(&mut self.$field, value.into());
            self
        }
    };
    (@ value $setter:ident $maybe:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(self, value: $ty) -> Self {
            self.$maybe(Some(value))
        }

        #[must_use]
        pub fn $maybe(mut self, value: Option<$ty>) -> Self {
            $crate::runtime::set(&mut self.$field, value);
            self
        }
    };
    (@ boxed $setter:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(mut self, value: impl Into<Option<$ty>>) -> Self {
            let value: Option<$ty> = value.into();
            $crate::runtime::set(&mut self.$field, value.map(Box::new));
            self
        }
    };
    (@ number $setter:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(mut self, value: impl $crate::runtime::OptionalNumber) -> Self {
            $crate::runtime::set::<_, $ty>(&mut self.$field, value.number());
            self
        }
    };
    (@ into $setter:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter<K>(mut self, value: impl $crate::runtime::OptionalInto<$ty, K>) -> Self {
            $crate::runtime::set(&mut self.$field, value.given());
            self
        }
    };
    (@ into $setter:ident $maybe:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(self, value: impl Into<$ty>) -> Self {
            self.$maybe(Some(value))
        }

        #[must_use]
        pub fn $maybe(mut self, value: Option<impl Into<$ty>>) -> Self {
            $crate::runtime::set::<_, $ty>(&mut self.$field, value.map(Into::into));
            self
        }
    };
    (@ items $setter:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter<K>(mut self, value: impl $crate::runtime::OptionalItems<$ty, K>) -> Self {
            $crate::runtime::set(&mut self.$field, value.given());
            self
        }
    };
    (@ list $setter:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter<K>(mut self, value: impl $crate::runtime::OptionalList<$ty, K>) -> Self {
            $crate::runtime::set(&mut self.$field, value.given());
            self
        }
    };
    (@ list $setter:ident $maybe:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter(self, value: impl IntoIterator<Item = impl Into<$ty>>) -> Self {
            self.$maybe(Some(value))
        }

        #[must_use]
        pub fn $maybe(
            mut self,
            value: Option<impl IntoIterator<Item = impl Into<$ty>>>,
        ) -> Self {
            let value = value.map(|items| items.into_iter().map(Into::into).collect());
            $crate::runtime::set::<_, Vec<$ty>>(&mut self.$field, value);
            self
        }
    };
    (@ entries $setter:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter<K>(mut self, value: impl $crate::runtime::OptionalEntries<$ty, K>) -> Self {
            $crate::runtime::set(&mut self.$field, value.given());
            self
        }
    };
    (@ map $setter:ident => $field:ident $ty:ty) => {
        #[must_use]
        pub fn $setter<K>(mut self, value: impl $crate::runtime::OptionalMap<$ty, K>) -> Self {
            $crate::runtime::set(&mut self.$field, value.given());
            self
        }
    };
    (@ null $setter:ident => $field:ident) => {
        #[must_use]
        pub fn $setter(mut self) -> Self {
            self.$field = Some(None);
            self
        }
    };
}

pub(crate) use setters;
