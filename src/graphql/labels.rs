//! Names of the values of closed lists, in the six languages of the United Nations.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::record::{self, LanguageTag as Tag};

use super::reading::Reading;
use super::scalars::LanguageTag;
use super::text::LocalizedText;

pub(super) const NOT_STATED: &str = "not-stated";

const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ar", "zh", "ru"];

#[rustfmt::skip]
const NAMES: [(&str, [&str; 6]); 13] = [
    (NOT_STATED, ["Not stated", "Non indiqué", "No indicado", "غير مذكور", "未注明", "Не указано"]),
    ("true", ["Compiled from public sources", "Établi à partir de sources publiques", "Compilado de fuentes públicas", "مُجمَّع من مصادر عامة", "根据公开来源汇编", "Составлено по открытым источникам"]),
    ("false", ["Said by the State itself", "Indiqué par l’État lui-même", "Indicado por el propio Estado", "صادر عن الدولة نفسها", "由国家自行提供", "Сообщено самим государством"]),
    ("in-person", ["In person", "En présentiel", "Presencial", "حضوريًا", "线下", "Очно"]),
    ("online", ["Online", "En ligne", "En línea", "عبر الإنترنت", "线上", "Онлайн"]),
    ("hybrid", ["Hybrid", "Hybride", "Híbrido", "مختلط", "线上线下结合", "Смешанный формат"]),
    ("member", ["Member", "Membre", "Miembro", "عضو", "成员", "Член"]),
    ("observer", ["Observer", "Observateur", "Observador", "مراقب", "观察员", "Наблюдатель"]),
    ("executive-committee", ["Executive committee", "Comité exécutif", "Comité ejecutivo", "اللجنة التنفيذية", "执行委员会", "Исполнительный комитет"]),
    ("coordinator", ["Coordinator of the network", "Coordination du réseau", "Coordinación de la red", "منسق الشبكة", "网络协调员", "Координатор сети"]),
    ("active", ["Active", "Actif", "Activo", "نشط", "有效", "Действует"]),
    ("suspended", ["Suspended", "Suspendu", "Suspendido", "معلَّق", "暂停", "Приостановлен"]),
    ("withdrawn", ["Withdrawn", "Retiré", "Retirado", "منسحب", "已退出", "Вышел"]),
];

static TEXTS: LazyLock<HashMap<&str, record::LocalizedText>> = LazyLock::new(|| {
    let text = |names: [&str; 6]| {
        let tags = LANGUAGES.into_iter().filter_map(Tag::parse);
        record::LocalizedText::new(tags.zip(names.map(Box::from)).collect())
    };
    NAMES.into_iter().filter_map(|(word, names)| Some((word, text(names)?))).collect()
});

/// The name of a word, in the six languages.
pub(crate) fn named(word: &str) -> Option<&'static record::LocalizedText> {
    TEXTS.get(word)
}

/// The name of a word; a word without one is its own.
pub(super) fn of<'a>(word: &'a str, wanted: Option<&LanguageTag>, reading: &'a Reading) -> LocalizedText<'a> {
    named(word).map_or_else(|| LocalizedText::plain(word), |name| LocalizedText::of(name, wanted, None, reading))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_name_in_six_languages() {
        assert_eq!(TEXTS.len(), NAMES.len());
        assert!(TEXTS.values().all(|text| text.languages().count() == 6));
    }
}
