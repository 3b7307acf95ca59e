//! What methods are called that do what HTTP methods do.

/// The table, which the policy can change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verbs {
    /// GET of a collection.
    pub list: String,
    /// GET of one.
    pub get: String,
    /// POST.
    pub create: String,
    /// PUT, and POST where the document changes things by it.
    pub update: String,
    /// PATCH.
    pub edit: String,
    pub delete: String,
}

impl Default for Verbs {
    fn default() -> Self {
        let verb = str::to_owned;
        Self {
            list: verb("list"),
            get: verb("get"),
            create: verb("create"),
            update: verb("update"),
            edit: verb("edit"),
            delete: verb("delete"),
        }
    }
}

impl Verbs {
    /// What the method does to one thing.
    pub fn of(&self, method: &str) -> String {
        match method {
            "GET" => self.get.clone(),
            "POST" => self.create.clone(),
            "PUT" => self.update.clone(),
            "PATCH" => self.edit.clone(),
            "DELETE" => self.delete.clone(),
            other => super::words::snake(&other.to_lowercase()),
        }
    }

    /// Whether a method is called by the HTTP method alone.
    pub fn is_usual(&self, name: &str) -> bool {
        let all = [
            &self.list,
            &self.get,
            &self.create,
            &self.update,
            &self.edit,
            &self.delete,
        ];
        all.iter().any(|usual| *usual == name)
    }

    /// Whether the HTTP method is called as it is where nobody says another word for it.
    pub fn is_unstated(&self, name: &str) -> bool {
        self.is_usual(name) && Self::default().is_usual(name)
    }

    /// Whether it changes what is there.
    pub fn changes(&self, name: &str) -> bool {
        [&self.update, &self.edit, &self.delete].contains(&&name.to_owned())
    }
}
