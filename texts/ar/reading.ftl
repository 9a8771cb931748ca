# القوائم والممارسات والمقارنة والبحث.
practices-lead = ما تقوم به الآليات الوطنية، وما أثبت نجاحه لديها.
list-results = النتائج
list-filter = تصفية
list-filter-chosen = { $count ->
    [zero] (لا شيء مختار)
    [one] (اختيار واحد)
    [two] (اختياران)
    [few] ({ $count } اختيارات)
    [many] ({ $count } اختيارًا)
   *[other] ({ $count } اختيار)
}
list-show = عرض النتائج
list-more = { $count ->
    [zero] لا مزيد
    [one] واحد آخر
    [two] اثنان آخران
    [few] { $count } أخرى
    [many] { $count } أخرى
   *[other] { $count } أخرى
}
list-any = الكل
list-years = السنوات
list-years-hint = أربعة أرقام، مثل 2015.
list-days = التواريخ
list-days-hint = سنة أو شهر أو يوم، مثل ⁦2026⁩ أو ⁦2026-11⁩ أو ⁦2026-11-24⁩.
list-sort = ترتيب حسب
list-sort-do = رتّب
list-sort-relevance = الأكثر صلة
list-sort-newest = الأحدث
list-sort-country = البلد
list-sort-latest-year = السنة الأحدث أولًا
list-sort-earliest-year = السنة الأقدم أولًا
list-sort-latest-date = التاريخ الأحدث أولًا
list-sort-earliest-date = التاريخ الأقدم أولًا
list-sort-symbol = الرمز
list-sort-other = كما في العنوان
list-practices = { $count ->
    [zero] لا ممارسات
    [one] ممارسة واحدة
    [two] ممارستان
    [few] { $count } ممارسات
    [many] { $count } ممارسة
   *[other] { $count } ممارسة
}
list-mechanisms = { $count ->
    [zero] لا آليات
    [one] آلية واحدة
    [two] آليتان
    [few] { $count } آليات
    [many] { $count } آلية
   *[other] { $count } آلية
}
list-documents = { $count ->
    [zero] لا وثائق
    [one] وثيقة واحدة
    [two] وثيقتان
    [few] { $count } وثائق
    [many] { $count } وثيقة
   *[other] { $count } وثيقة
}
list-events = { $count ->
    [zero] لا فعاليات
    [one] فعالية واحدة
    [two] فعاليتان
    [few] { $count } فعاليات
    [many] { $count } فعالية
   *[other] { $count } فعالية
}
list-members = { $count ->
    [zero] لا أعضاء
    [one] عضو واحد
    [two] عضوان
    [few] { $count } أعضاء
    [many] { $count } عضوًا
   *[other] { $count } عضو
}
list-for = { $found } عن «{ $words }»
list-chosen = المختار
list-remove = إزالة:
list-clear = مسح الكل
list-chip = { $name }: { $value }
list-page = الصفحة { $page } من { $pages }
list-previous = الصفحة السابقة
list-next = الصفحة التالية
list-address = يحفظ هذا العنوان بحثك: انسخه لمشاركته.
list-feed = المتابعة بالتلقيم
list-download = تنزيل:
list-nothing = لم يُعثر على شيء.
list-nothing-for = لم يُعثر على شيء عن «{ $words }».
list-nothing-with = المختار:
list-without = ابحث من دون «{ $name }»
list-without-words = ابحث من دون هذه الكلمات
list-search-all = ابحث عن «{ $words }» في جميع السجلات
list-nothing-feed = تابع هذا البحث لتعلم متى يُنشر شيء
list-name-words = الكلمات
list-name-theme = الموضوع
list-name-capacity = القدرة
list-name-region = المنطقة
list-name-country = البلد
list-name-mechanism-type = نوع الآلية
list-name-type = النوع
list-name-un-mechanism = آلية الأمم المتحدة
list-name-goal = هدف التنمية المستدامة
list-name-group = لمن
list-name-language = متاح باللغة
list-name-from = من
list-name-to = إلى
list-name-origin = المركز
list-name-compiled = صاحب القول
list-name-standing = الديمومة
list-name-mode = طريقة المشاركة
list-name-symbol = الرمز
list-name-role = الدور
list-name-status = الحالة
list-name-as-of = بتاريخ
list-name-audience = القراء
list-name-updated-since = عُدِّل منذ
list-name-suspended = الأعضاء غير النشطين
list-name-page = الصفحة
list-value-standing = دائم
list-value-ad-hoc = مخصص لغرض معين
list-value-yes = نعم
list-value-no = لا
list-value-public = الجميع
list-value-network = الشبكة وحدها
speak-original = أنت تقرأ النص باللغة { $language }، وهو الأصل.
speak-translation = أنت تقرأ النص باللغة { $language }، وهو ترجمة.
speak-plain = أنت تقرأ النص باللغة { $language }.
speak-lacks = لم يُنشر باللغة { $wanted }.
speak-read-original = اقرأ الأصل باللغة { $language }
prov-heading = من يقول هذا، وما مدى حداثته
prov-coordinator = منسق الشبكة
prov-published = الناشر: { $who }، { $day }، النسخة { $version }.
prov-compiled = مُجمَّع من مصادر عامة. الجهة: { $who }، { $day }، النسخة { $version }.
prov-no-statement = هذا ليس بيانًا صادرًا عن { $country }، إذ ليس لديها مركز بعد. ويمكنها تصحيح هذا السجل أو توليه.
prov-no-statement-hub = هذا ليس بيانًا صادرًا عن { $country }. ويمكنها تصحيح هذا السجل أو توليه.
prov-own = هذا هو السجل نفسه وليس نسخة: هذا المركز هو مركز مؤلفه.
prov-equal = آخر إثبات لتطابق هذه النسخة مع الأصل ({ $who }): { $when }.
prov-via = ثبت تطابق هذه النسخة: { $when }، وقُرئت عبر مركز آخر ({ $through }). وهي تحمل توقيع صاحبها ({ $who }).
prov-late = لم يُجب مركز صاحب هذا السجل ({ $who }) منذ: { $when }. هذا هو النص كما كان آنذاك.
prov-stale = مضى أكثر من يوم على آخر بيان موقّع من صاحب هذا السجل ({ $who }): { $when }. هذا هو النص كما كان آنذاك.
prov-paused = أوقف القائمون على هذا المركز النسخ من صاحب هذا السجل ({ $who }) مؤقتًا: { $when }. هذا هو النص كما كان آنذاك.
prov-too-large = يعرض مركز صاحب هذا السجل ({ $who }) أكثر مما يأخذه هذا المركز: { $when }. هذا هو النص كما كان آنذاك.
prov-unproved = ما عرضه أخيرًا مركز صاحب هذا السجل ({ $who }) لا يثبت نفسه فلم يؤخذ. والمعروض هو النص الذي ثبت من قبل.
prov-conflict = يتعارض بيانان موقّعان من مركز واحد ({ $who }). يُحفظ كلاهما دليلًا، والمعروض هو آخر نص ثبت.
prov-suspended = هذه العضوية غير نشطة: { $who }. تُحفظ النسخة ولا تظهر في القوائم.
prov-suspended-since = هذه العضوية غير نشطة منذ { $day }: { $who }. تُحفظ النسخة ولا تظهر في القوائم.
prov-network = لأعضاء الشبكة وحدهم: لا تُعِد نشره.
prov-verify = تحقق بنفسك
prov-signed = السجل الموقّع (JWS)
prov-history = النسخ السابقة
prov-engineers = للمهندسين
practice-of = ممارسة: { $country }
practice-text = الممارسة
practice-lessons = الدروس المستفادة
practice-no-lessons = لم تُنشر دروس مستفادة من هذه الممارسة ({ $country }).
practice-no-lessons-compiled = لا تذكر المصادر دروسًا مستفادة.
practice-own-words = لخّصه وترجمه من جمعوه بكلماتهم.
practice-correct = اقترح تصحيحًا
practice-facts = لمحة
practice-mechanism = الآلية
practice-capacities = القدرات
practice-un-mechanisms = آليات الأمم المتحدة
practice-goals = أهداف التنمية المستدامة
practice-groups = لمن
practice-years = السنوات
practice-follows = تستلهم من
practice-adopted = اعتمدها
practice-adopted-none = لم تقل أي آلية أخرى بعد إنها اعتمدت هذه الممارسة.
practice-adopted-yours = هل اعتمدتها آليتكم؟ أخبروا الشبكة
practice-adopted-more = { $count ->
    [zero] ولا غيرها.
    [one] وواحدة أخرى.
    [two] واثنتان أخريان.
    [few] و{ $count } أخرى.
    [many] و{ $count } أخرى.
   *[other] و{ $count } أخرى.
}
practice-related = ممارسات ذات صلة
practice-compare = قارنها بممارسة أخرى
practice-compare-these = قارنها بهذه
sources = المصادر
sources-none = لم يُذكر مصدر.
sources-links = للاستزادة
sources-to-confirm = بانتظار التأكيد: { $country }.
cite = الاستشهاد
cite-copy = نسخ
cite-copied = نُسخ.
cite-print = يعطي أمر الطباعة في متصفحك صفحة نظيفة.
field-title = العنوان
field-summary = الملخص
field-description = الوصف
field-mandate = الولاية
field-composition = التكوين
field-host = الجهة المستضيفة
field-established = سنة الإنشاء
history-title = النسخ السابقة
history-record = السجل
history-own = كل نسخة نشرها هذا المركز، الأحدث أولًا.
history-seen = النسخ التي رآها هذا المركز، الأحدث أولًا. ولدى مركز صاحبها جميع النسخ.
history-version = النسخة { $version }
history-when = وُقّعت: { $signed }؛ وهي هنا منذ: { $received }.
history-not-shown = لا تُعرض هذه النسخة: فهي لا تلتزم بقواعد الشبكة.
history-first = النسخة الأولى.
history-before-unknown = النسخة التي قبلها غير محفوظة هنا.
history-same = نصها كما كان من قبل.
history-changed = { $count ->
    [zero] لم يتغير شيء
    [one] ما تغيّر: حقل واحد
    [two] ما تغيّر: حقلان
    [few] ما تغيّر: { $count } حقول
    [many] ما تغيّر: { $count } حقلًا
   *[other] ما تغيّر: { $count } حقل
}
changes-removed = حُذف:
changes-added = أُضيف:
verify-title = تحقق بنفسك
verify-lead = يتحقق متصفحك الآن من أن هذا النص موقّع من صاحبه ({ $who }) بمفتاح مدرج في سجل الشبكة.
verify-steps = ما تجري مقارنته
verify-waits = لم يُفحص بعد.
verify-no-script = يتطلب هذا الفحص تشغيل برنامج نصي في متصفحك. وإلا فتحقق يدويًا كما يلي.
verify-right = جميع الخطوات متطابقة. هذا هو النص الذي وقّعه صاحبه.
verify-wrong = خطوة لا تتطابق. لا تعتمد على هذا النص، وأخبر القائمين على هذا المركز.
verify-unable = لا يستطيع متصفحك التحقق من هذه التوقيعات (Ed25519)، أو لم تُفتح الصفحة عبر https. تحقق يدويًا كما يلي.
verify-fetched = يُجلب السجل الموقّع
verify-fetched-right = له الشكل الذي تحدده الشبكة، ويسمي صاحب النص والنسخة المعروضين في الصفحة.
verify-fetched-wrong = ليس له الشكل المحدد، أو يسمي صاحبًا آخر أو نسخة أخرى.
verify-digest = تُحسب بصمته
verify-digest-right = هي بصمة النسخة المتحقق منها في هذا المركز.
verify-digest-wrong = هي غير بصمة النسخة المتحقق منها في هذا المركز.
verify-address = يُحسب عنوان السجل من صاحبه واسمه
verify-address-right = هو عنوان هذه الصفحة.
verify-address-wrong = ليس عنوان هذه الصفحة.
verify-register = تُقرأ مفاتيح صاحب النص في سجل الشبكة ويُفحص توقيعه
verify-register-right = قيد السجل موقّع من منسق الشبكة، حلقة بعد حلقة من الأولى.
verify-register-pinned = ليس لهذا المركز سجل: ثبّت القائمون عليه هذه المفاتيح يدويًا.
verify-register-wrong = قيد السجل غير موجود، أو غير موقّع من منسق الشبكة.
verify-key = يُبحث بينها عن المفتاح الذي وقّع السجل
verify-key-right = هو مدرج لهذا الصاحب. وقد حُسب اسمه ولم يؤخذ على علاته.
verify-key-wrong = هو غير مدرج لهذا الصاحب.
verify-signature = يُفحص التوقيع بهذا المفتاح
verify-signature-right = التوقيع صحيح: لم يتغير حرف منذ توقيعه.
verify-signature-wrong = التوقيع غير صحيح.
verify-text = يُقارن العنوان المعروض بالعنوان الموقّع
verify-text-right = هو نفسه.
verify-text-wrong = هو غيره.
verify-by-hand = التحقق يدويًا
verify-by-hand-how = اجلب السجل الموقّع ومفاتيح المنسق، أو دع مركزك يقطع الطريق كله من السجل إلى القائمة التي وقّعها صاحبه.
verify-elsewhere = من لا يثق بهذا المركز يفتح السجل نفسه في مركز آخر: السجل الموقّع هو نفسه بايتًا ببايت.
search-title = بحث: { $words }
search-how = تعثر كلمات أي من اللغات الست على الممارسات والآليات والوثائق والفعاليات؛ وتوضع العبارة بين علامتي اقتباس.
search-kinds = أنواع السجلات
search-everything = الكل
search-count = { $count ->
    [zero] لا سجلات
    [one] سجل واحد
    [two] سجلان
    [few] { $count } سجلات
    [many] { $count } سجلًا
   *[other] { $count } سجل
}
search-countries = البلدان:
search-fewer = جرّب كلمات أقل، أو كلمات لغة أخرى.
search-practice = ممارسة
search-mechanism = آلية
search-document = وثيقة
search-event = فعالية
search-member = عضو
compare = مقارنة
compare-practices = { $count ->
    [zero] مقارنة الممارسات
    [one] مقارنة ممارسة واحدة
    [two] مقارنة ممارستين
    [few] مقارنة { $count } ممارسات
    [many] مقارنة { $count } ممارسة
   *[other] مقارنة { $count } ممارسة
}
compare-mechanisms = { $count ->
    [zero] مقارنة الآليات
    [one] مقارنة آلية واحدة
    [two] مقارنة آليتين
    [few] مقارنة { $count } آليات
    [many] مقارنة { $count } آلية
   *[other] مقارنة { $count } آلية
}
compare-lead = جنبًا إلى جنب، حتى أربع. يحفظ هذا العنوان اختيارك.
compare-less = لا يمكن عرض كل ما في هذا العنوان: سجل غير موجود هنا، أو أكثر من أربعة.
compare-lighter = يدل النص الأفتح على ما هو متماثل للجميع.
compare-differ = أظهر المختلف فقط
compare-all-rows = أظهر كل الصفوف
compare-same = (متماثل للجميع)
compare-scroll = المقارنة، تُمرَّر جانبيًا
compare-remove = إزالة
compare-fresh = مدى الحداثة
compare-languages = اللغات
compare-add = أضف أخرى
compare-add-this = أضف
compare-search = ابحث عما تضيفه
compare-list = اختر من القائمة كلها
