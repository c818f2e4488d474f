//! The languages of the catalogue.

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, in simplified characters.
    Zh,
}

impl Lang {
    /// The language for a locale's name, of POSIX (`zh_CN.UTF-8`) or BCP 47 (`zh-Hans-CN`). A
    /// language that the catalogue does not have is answered in English.
    #[must_use]
    pub fn of_locale(name: &str) -> Self {
        let language = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") {
            Self::Zh
        } else {
            Self::En
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_of_posix_and_of_other_systems_name_a_language() {
        for name in ["zh", "zh_CN.UTF-8", "zh-Hans-CN", "zh_TW", "ZH_cn"] {
            assert_eq!(Lang::of_locale(name), Lang::Zh, "{name}");
        }
        for name in ["", "C", "C.UTF-8", "POSIX", "en_US.UTF-8", "de_AT@euro", "zha"] {
            assert_eq!(Lang::of_locale(name), Lang::En, "{name}");
        }
    }
}
