//! How a copy stands, in plain words: on a practice's page and on the page of the network, in each state that it can be in.

use nmirf_hub::{
    audit::Actor,
    journal::{publish::Publication, revision::Act},
    record::{Audience, Sub},
};

use crate::{
    forged::{Forged, state},
    instance::{HOUR, Instance, MINUTE, put, sub, withdraw},
    network::Network,
    support::{Deed, between, plain},
};

/// The words of a state on the page of a practice and on that of the network, in English and in Arabic.
struct Words {
    practice: [&'static str; 2],
    network: [&'static str; 2],
}

const LANGUAGES: [&str; 2] = ["en", "ar"];

/// PT, which MA is read at, says these words of the practice 1 of MA.
async fn says(network: &Network, words: &Words) {
    let (morocco, portugal) = network.two();
    portugal.index().await;
    for (place, language) in LANGUAGES.into_iter().enumerate() {
        let practice = portugal.read(&format!("/{language}/practices/{}", morocco.key_of(&sub(1)))).await;
        assert!(
            practice.said().contains(words.practice[place]),
            "{language} {}: {}",
            words.practice[place],
            practice.said()
        );
        let row = row(portugal, language).await;
        assert!(row.contains(words.network[place]), "{language} {}: {row}", words.network[place]);
    }
}

/// The line of MA on the page of the network.
async fn row(at: &Instance, language: &str) -> String {
    let page = at.read(&format!("/{language}/network")).await;
    let rows = between(&page.text, "<tr>", "</tr>");
    let row = rows.into_iter().find(|row| row.contains("/countries/MA\"")).unwrap();
    plain(row)
}

/// MA with one practice, which PT has read.
async fn read_once() -> Network {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    portugal.pull_all().await;
    network
}

const CURRENT: Words = Words {
    practice: [
        "This copy was last proved equal to the original (Morocco)",
        "آخر إثبات لتطابق هذه النسخة مع الأصل (المغرب)",
    ],
    network: ["Answers. Our copy is complete.", "يستجيب. نسختنا كاملة."],
};

/// What no page may say of a hub that answers.
const SILENT: [&str; 2] = ["has not answered", "لم يُجب مركز"];

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_proved_says_so() {
    let network = read_once().await;
    says(&network, &CURRENT).await;
    let practice = network.two().1.read(&format!("/en/practices/{}", network.two().0.key_of(&sub(1)))).await;
    assert!(practice.said().contains("Published by Morocco"), "{}", practice.said());
    assert!(!practice.text.contains("class=\"note"), "nothing is wrong");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_hub_that_is_down_says_since_when_and_stays_readable() {
    let network = read_once().await;
    let (morocco, portugal) = network.two();
    morocco.gate.rule(|_| Deed::Drop);
    network.later(25 * HOUR);
    network.coordinator().publish(vec![put(9, "new")]).await;
    portugal.pull(network.coordinator()).await;
    assert!(portugal.pull(morocco).await.fault().is_some());
    let words = Words {
        practice: [
            "The hub of this record’s author (Morocco) has not answered since: yesterday",
            "لم يُجب مركز صاحب هذا السجل (المغرب) منذ: أمس",
        ],
        network: ["Has not answered since then: yesterday", "لم يستجب منذ ذلك الحين: أمس"],
    };
    says(&network, &words).await;
    let home = portugal.read("/en/practices").await;
    assert!(home.with_strip().contains("Morocco: last reached yesterday"), "{}", home.with_strip());
    assert!(home.said().contains("copy confirmed yesterday"), "{}", home.said());
    morocco.gate.honest();
    portugal.pull(morocco).await;
    let answer = row(portugal, "en").await;
    assert!(!answer.contains("Has not answered"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_answers_with_an_old_statement_is_not_said_to_be_silent() {
    let network = read_once().await;
    let (morocco, portugal) = network.two();
    network.later(25 * HOUR);
    assert!(portugal.pull(morocco).await.fault().is_none(), "it answers");
    let words = Words {
        practice: [
            "The last signed statement of this record’s author (Morocco) is more than a day old: yesterday",
            "مضى أكثر من يوم على آخر بيان موقّع من صاحب هذا السجل (المغرب): أمس",
        ],
        network: [
            "Its last signed statement is more than a day old: yesterday",
            "مضى أكثر من يوم على آخر بيان موقّع له: أمس",
        ],
    };
    says(&network, &words).await;
    for (language, words) in LANGUAGES.into_iter().zip(SILENT) {
        let practice = portugal.read(&format!("/{language}/practices/{}", morocco.key_of(&sub(1)))).await;
        assert!(!practice.said().contains(words), "{}", practice.said());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_through_another_hub_names_it() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    network.coordinator().pull_all().await;
    portugal.pull(network.coordinator()).await;
    morocco.gate.rule(|_| Deed::Drop);
    portugal.pull(morocco).await;
    let words = Words {
        practice: [
            "read through another hub (the network coordinator). It carries the author’s own signature (Morocco).",
            "وقُرئت عبر مركز آخر (منسق الشبكة). وهي تحمل توقيع صاحبها (المغرب).",
        ],
        network: ["Not reached directly: read through another hub", "لا اتصال مباشرًا: يُقرأ عبر مركز آخر"],
    };
    says(&network, &words).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_forked_says_that_two_statements_disagree_and_what_is_shown() {
    let network = read_once().await;
    let (morocco, portugal) = network.two();
    let mut forged = Forged::of(morocco).with(1..6);
    forged.seq = portugal.row(morocco).await.seq.unwrap().unsigned_abs();
    morocco.gate.say("/state", forged.state());
    assert!(portugal.pull(morocco).await.fault().is_some());
    let words = Words {
        practice: [
            "Two signed statements of one hub (Morocco) disagree.",
            "يتعارض بيانان موقّعان من مركز واحد (المغرب).",
        ],
        network: ["Two signed statements disagree. Both are kept as evidence", "يتعارض بيانان موقّعان. يُحفظ كلاهما دليلًا"],
    };
    says(&network, &words).await;
    assert!(portugal.read("/en/").await.with_strip().contains("Morocco: two signed statements disagree."));
    // What has a higher number is taken as ever, so no page may say that nothing is.
    morocco.gate.honest();
    network.later(MINUTE);
    morocco.publish(vec![put(1, "third")]).await;
    portugal.pull(morocco).await;
    says(&network, &words).await;
    assert!(portugal.read(&format!("/en/practices/{}", morocco.key_of(&sub(1)))).await.said().contains("third"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_does_not_prove_itself_is_not_called_two_statements_that_disagree() {
    let network = read_once().await;
    let (morocco, portugal) = network.two();
    let (offered, other) = (Forged::of(morocco).with(1..6), Forged::of(morocco).with(1..5));
    morocco.gate.say("/state", state(&offered.checkpoint(), &other.entries().to_bytes()));
    assert!(portugal.pull(morocco).await.fault().is_some());
    let words = Words {
        practice: [
            "What the hub of this record’s author (Morocco) offered last does not prove itself, and was not taken.",
            "ما عرضه أخيرًا مركز صاحب هذا السجل (المغرب) لا يثبت نفسه فلم يؤخذ.",
        ],
        network: ["What it offered does not prove itself, and was not taken.", "ما عرضه لا يثبت نفسه فلم يؤخذ."],
    };
    says(&network, &words).await;
    for (language, wrong) in LANGUAGES.into_iter().zip(["statements disagree", "يتعارض بيانان"]) {
        for path in [format!("/practices/{}", morocco.key_of(&sub(1))), "/practices".to_owned(), "/".to_owned()] {
            let page = portugal.read(&format!("/{language}{path}")).await;
            assert!(!page.with_strip().contains(wrong), "{language}{path}: {}", page.with_strip());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_whose_copying_was_paused_here_does_not_blame_its_hub() {
    let network = read_once().await;
    let (morocco, portugal) = network.two();
    tokio::task::block_in_place(|| portugal.run(&["peer", "pause", morocco.id()])).done();
    portugal.later(25 * HOUR);
    let words = Words {
        practice: [
            "Whoever runs this hub has paused the copying of this record’s author (Morocco): yesterday",
            "أوقف القائمون على هذا المركز النسخ من صاحب هذا السجل (المغرب) مؤقتًا: أمس",
        ],
        network: ["Whoever runs this hub has paused the copying.", "أوقف القائمون على هذا المركز النسخ مؤقتًا."],
    };
    says(&network, &words).await;
    let practice = portugal.read(&format!("/en/practices/{}", morocco.key_of(&sub(1)))).await;
    assert!(!practice.said().contains(SILENT[0]), "{}", practice.said());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_member_that_is_not_active_says_since_when() {
    let network = read_once().await;
    let (morocco, portugal) = network.two();
    let words = Words {
        practice: [
            "This membership is not active since 1 June 2026: Morocco. The copy is kept, and left out of lists.",
            "هذه العضوية غير نشطة منذ 1 يونيو 2026: المغرب. تُحفظ النسخة ولا تظهر في القوائم.",
        ],
        network: [
            "Its membership is not active. Its records are kept, and left out of lists.",
            "عضويته غير نشطة. تُحفظ سجلاته ولا تظهر في القوائم.",
        ],
    };
    for status in ["suspended", "withdrawn"] {
        network.later(MINUTE);
        network.set_status(1, status).await;
        portugal.pull(network.coordinator()).await;
        says(&network, &words).await;
        assert!(!portugal.read("/en/practices").await.text.contains(&morocco.key_of(&sub(1)).to_string()), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stolen_key_signed_last_is_not_shown_and_the_page_says_why() {
    let network = read_once().await;
    let (morocco, portugal) = network.two();
    let operator = Actor::operator();
    let (stolen, coordinator) = (morocco.key().public().thumbprint().clone(), network.coordinator().hub());
    let member = coordinator.trust().member(morocco.id()).unwrap().sub.clone();
    let desk = coordinator.register_desk(&operator);
    desk.mark_key_compromised(&member, &stolen, "Its server was broken into", None).await.unwrap();
    coordinator.catch_up().await.unwrap();
    let key = morocco.key_of(&sub(1));
    // Before and after the hub itself is asked again.
    for is_asked in [false, true] {
        portugal.pull(network.coordinator()).await;
        if is_asked {
            portugal.pull(morocco).await;
        }
        portugal.index().await;
        let words = [
            (
                "en",
                "This record is not shown now",
                "(Morocco) signed last is marked as stolen",
                "The key with which it signed last is marked as stolen.",
            ),
            (
                "ar",
                "هذا السجل غير معروض الآن",
                "(المغرب) مُعلَّم بأنه مسروق.",
                "المفتاح الذي وقّع به آخر مرة مُعلَّم بأنه مسروق.",
            ),
        ];
        for (language, title, why, in_network) in words {
            for path in [format!("practices/{key}"), format!("records/{key}/history"), format!("records/{key}/verify")]
            {
                let page = portugal.read(&format!("/{language}/{path}")).await;
                assert_eq!(page.status, 404, "{page:?}");
                assert!(page.said().contains(title) && page.said().contains(why), "{}", page.said());
                assert!(!page.text.contains("first") && !page.text.contains("Practice 1"), "nothing of it");
            }
            let row = row(portugal, language).await;
            assert!(row.contains(in_network), "{row}");
            assert!(!row.contains(CURRENT.network[usize::from(language == "ar")]), "{row}");
        }
        let home = portugal.read("/en/").await.with_strip();
        assert!(home.contains("Morocco: its key is marked as stolen."), "{home}");
        assert_eq!(portugal.read(&format!("/id/{key}")).await.status, 404);
    }
    // A record that never was here has no such page.
    let other = portugal.read(&format!("/en/practices/{}", morocco.key_of(&sub(2)))).await;
    assert!(other.said().contains("There is no page at this address"), "{}", other.said());
}

/// A withdrawal that names what takes the place.
fn replaced(number: u64, by: (&Instance, &Sub)) -> Publication {
    let superseded_by = Some((by.0.id().to_owned(), by.1.clone()));
    Publication { act: Act::Withdraw { superseded_by }, ..withdraw(number) }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_peer_withdrew_is_gone_and_says_what_it_was_and_what_it_replaced_leads_on() {
    let network = read_once().await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(3, "old"), put(4, "new"), put(5, "given up")]).await;
    portugal.publish(vec![put(7, "taken over")]).await;
    portugal.pull(morocco).await;
    let other = sub(7);
    morocco.publish(vec![withdraw(1), replaced(3, (morocco, &sub(4))), replaced(5, (portugal, &other))]).await;
    portugal.pull(morocco).await;
    portugal.index().await;
    let gone = morocco.key_of(&sub(1));
    let words = [
        ("en", "A practice was withdrawn", "Morocco withdrew it on", "All practices"),
        ("ar", "سُحبت ممارسة", "سُحب من المغرب في", "جميع الممارسات"),
    ];
    for (language, what, who, way) in words {
        for path in [
            format!("practices/{gone}"),
            format!("mechanisms/{gone}"),
            format!("documents/{gone}"),
            format!("events/{gone}"),
            format!("records/{gone}/history"),
            format!("records/{gone}/verify"),
            format!("records/{gone}/cite/x.bib"),
        ] {
            let page = portugal.read(&format!("/{language}/{path}")).await;
            assert_eq!(page.status, 410, "{path}");
            for words in [what, who, way] {
                assert!(page.said().contains(words), "{path} {words}: {}", page.said());
            }
            assert!(!page.text.contains("Practice 1"), "{path}");
        }
    }
    for path in [format!("/id/{gone}"), format!("/id/{gone}/jws")] {
        assert_eq!(portugal.read(&path).await.status, 410, "{path}");
    }
    for (from, to) in [(sub(3), morocco.key_of(&sub(4))), (sub(5), portugal.key_of(&other))] {
        let from = morocco.key_of(&from);
        for path in
            [format!("/en/practices/{from}"), format!("/en/events/{from}"), format!("/en/records/{from}/history")]
        {
            let page = portugal.read(&path).await;
            assert_eq!((page.status, page.location), (301, format!("/en/practices/{to}")), "{path}");
        }
        let page = portugal.read(&format!("/id/{from}")).await;
        assert_eq!((page.status, page.location), (301, format!("/en/practices/{to}")));
        assert_eq!(
            portugal.read(&format!("/id/{from}/jws")).await.status,
            410,
            "the signed form is that of one record"
        );
    }
    // A tombstone of what only the network read tells the public nothing.
    let closed = Publication { audience: Audience::Network, ..put(8, "closed") };
    portugal.publish(vec![closed]).await;
    let closed = Publication { audience: Audience::Network, ..withdraw(8) };
    portugal.publish(vec![closed]).await;
    assert_eq!(portugal.read(&format!("/id/{}", portugal.key_of(&sub(8)))).await.status, 404);
}
