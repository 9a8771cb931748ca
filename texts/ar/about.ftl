# Figures, and what the hub says about itself.
about-access-axe = قواعد axe لمعيار WCAG 2.2 بالمستويين A وAA، والممارسات الجيدة
about-access-contrast = تباين لا يقل عن 7 إلى 1 بين النص وخلفيته، في المظهرين الفاتح والداكن
about-access-forced = ألوان يحددها القارئ: تتميز الحالات من دون ألواننا
about-access-keyboard = تركيز مرئي عند كل موضع من مواضع لوحة المفاتيح
about-access-large = أحرف بضعف الحجم: لا شيء مقطوع ولا شيء فوق شيء
about-access-lead = تهدف هذه الصفحات إلى استيفاء معيار WCAG 2.2 بالمستوى AA.
about-access-narrow = شاشات بعرض 1280 و320 بكسل، دون تمرير أفقي
about-access-not = ما لم يُختبر بعد
about-access-not-text = لم يختبر هذه الصفحات لنا بعدُ أي شخص يستخدم قارئ شاشة أو مكبّرًا أو تحكمًا صوتيًا. والوثائق التي تحيل إليها السجلات ليست لنا.
about-access-print = الطباعة: كلمات داكنة على أبيض، من دون ما يخدم الشاشة وحدها، ومع عناوين المصادر
about-access-script = أن الصفحات تقول الشيء نفسه دون برامج نصية
about-access-structure = ترتيب العناوين، ولغة النص واتجاهه
about-access-tell = أخبرنا
about-access-tell-text = إذا حال شيء دون وصولك، فأخبر من يشغّلون هذا المركز.
about-access-tested = ما يُختبر
about-access-tested-text = قبل نشر إصدار جديد يفتح متصفح الصفحات ويتحقق مما يلي:
about-api-ask = الاستعلام عبر GraphQL
about-api-ask-text = عنوان واحد يجيب عن جميع السجلات: { $address }
about-api-documents = تشرح الوثيقتان GRAPHQL.md وDATA.md من وثائق البرنامج كل شيء مع أمثلة.
about-api-example = من سطر الأوامر، أحدث ممارسة:
about-api-files = الملفات
about-api-files-text = يمكن أخذ كل قائمة:
about-api-lead = ما هو عام هنا مفتوح للبرامج دون مفتاح.
about-api-limits = الحدود والوثائق
about-api-narrow = ما يلي عنوان القائمة يضيّق ملفها بالطريقة نفسها:
about-api-portals = لبوابات البيانات
about-api-portals-text = وصف بصيغة DCAT للجمع الآلي: { $address }
about-api-rate = لكل عنوان { $count } طلب خلال { $seconds } ثانية. ويبيّن كل ردّ ما تبقّى.
about-api-rate-none = لا يحدّ هذا المركز من عدد طلبات البرامج.
about-api-try = جرّب الاستعلامات في صفحة الاستعلام لهذا المركز
about-contact = للاتصال: { $contact }
about-contact-none = لم تُذكر وسيلة اتصال.
about-feeds-calendar = التقويم
about-feeds-calendar-text = أضف هذا العنوان إلى برنامج التقويم لديك، فيُبقي الفعاليات محدّثة.
about-feeds-lead = يخبرك قارئ الموجزات بالجديد هنا، دون حساب، ولا يعلم أحد ما تقرأ.
about-feeds-list = الموجزات
about-feeds-narrow = موجز لما اخترته
about-feeds-narrow-text = اختر في قائمة، ثم ضع ما يلي عنوانها بعد عنوان الموجز:
about-find-accessibility = ما يُختبر، ومن تخبره إذا حال شيء دون وصولك.
about-find-api = استعلامات وملفات ووصف لبوابات البيانات.
about-find-feeds = الجديد في قارئ الموجزات وفي تقويمك.
about-find-licence = الشروط التي يجوز بها استخدام السجلات.
about-find-method = كيف يعرف هذا المركز ما قالته دولة، وما عمر نسخته.
about-find-privacy = ملفات تعريف الارتباط والسجلات، وما يُطلب من الغير.
about-find-sources = من أين أتت الرموز والأسماء والخريطة والسجلات الأولى.
about-how = كيف يعمل
about-how-text = تشغّل الدولة مركزًا خاصًا بها. وإلى ذلك الحين يجوز لمنسق الشبكة أن يجمع سجلات عنها من مصادر عامة. وتتبادل المراكز سجلات موقّعة، فيعرض كل مركز الشيء نفسه، ولا يستطيع أي منها تغيير كلام غيره.
about-lead = تنشر الآليات الوطنية للتنفيذ وتقديم التقارير والمتابعة هنا ما هي وما نجح لديها.
about-level-conflict = موضع شك: يتعارض بيانان موقّعان، أو عرض لا يثبت نفسه، أو مفتاح مُعلَّم بأنه مسروق
about-level-day = أُكِّد خلال اليوم الماضي
about-level-hour = أُكِّد خلال الساعة الماضية
about-level-older = أُكِّد قبل ذلك
about-level-own = سجل خاص بهذا المركز
about-level-week = أُكِّد خلال الأيام السبعة الماضية
about-licence-figures = تُحسب الأرقام من سجلات جميع المراكز. اذكر هذا المركز واليوم مصدرًا لها.
about-licence-none = لا يذكر هذا المركز ترخيصًا لسجلاته. اسأل من يشغّلونه قبل استخدامها في مكان آخر.
about-licence-others = سجلات المراكز الأخرى
about-licence-others-text = يذكر كل مركز ترخيص سجلاته. وللنسخة هنا ترخيص مصدرها.
about-licence-own = ينشر هذا المركز سجلاته بهذا الترخيص: { $licence }
about-licence-program = البرنامج
about-licence-program-text = البرنامج وراء هذه الصفحات برنامج حر، برخصة MIT أو رخصة Apache 2.0، كما تختار.
about-list-capacities = القدرات
about-list-document-types = أنواع الوثائق
about-list-event-types = أنواع الفعاليات
about-list-goals = أهداف التنمية المستدامة
about-list-groups = الفئات المعنية
about-list-mechanism-types = أنواع الآليات
about-list-regions = المجموعات الإقليمية
about-list-themes = المواضيع
about-list-un-mechanisms = آليات الأمم المتحدة
about-method-age = عمر النسخة
about-method-age-text = بجانب كل سجل علامة، ومعها كلمات دائمًا:
about-method-asked = { $minutes ->
    [zero] يسأل هذا المركز المراكز الأخرى عن الجديد باستمرار.
    [one] يسأل هذا المركز المراكز الأخرى عن الجديد كل دقيقة.
    [two] يسأل هذا المركز المراكز الأخرى عن الجديد كل دقيقتين.
    [few] يسأل هذا المركز المراكز الأخرى عن الجديد كل { $minutes } دقائق.
    [many] يسأل هذا المركز المراكز الأخرى عن الجديد كل { $minutes } دقيقة.
   *[other] يسأل هذا المركز المراكز الأخرى عن الجديد كل { $minutes } دقيقة.
}
about-method-lead = لا يُعرض السجل على أنه قول دولة إلا إذا استطاع هذا المركز إثبات ذلك.
about-method-limits = ما لا يثبته هذا
about-method-limits-text = يثبت التوقيع من قال شيئًا ومتى. ولا يثبت أنه صحيح.
about-method-register = يحتفظ المنسق بسجل موقّع يبيّن لمن كل مفتاح. ويتحقق أشخاص من مفتاح المنسق نفسه عند إعداد المركز.
about-method-self = تحقق بنفسك
about-method-self-text = يمكن تنزيل كل سجل كما وُقّع. ولمن يشغّل مركزًا أن يتحقق من كل ما يحتفظ به بالأمر { $command }.
about-method-shown = ما يمكن إثباته يُعرض. وما لا يمكن يُحفظ جانبًا، وتذكره صفحة الشبكة.
about-method-signed = يوقّع مركز الدولة كل نسخة من السجل بمفتاحه الخاص.
about-method-way = من الدولة إلى هذه الصفحة
about-method-whole = ويطلب أيضًا بيانًا موقّعًا عن المجموعة كلها. فالسجل الذي أُسقط أو أُضيف أو غُيّر في الطريق لا يطابقه، حتى إن جاء عبر مركز ثالث.
about-method-words = لمن هذا الكلام
about-method-words-text = سجل مركز الدولة بيان صادر عنها. أما السجل المُجمَّع فليس كذلك: كتبه مركز المنسق من مصادر عامة ويذكر ذلك بجانبه. وللدولة أن تصححه أو تتولاه.
about-more = للمزيد
about-privacy-cookies = ملفات تعريف الارتباط
about-privacy-cookies-text = لا تضع القراءة أيًا منها. وهي ثلاثة في المجموع:
about-privacy-departure = فقط أثناء تسجيل دخول الموظفين عبر خدمة أخرى، ثم يزول.
about-privacy-elsewhere = مواقع أخرى
about-privacy-elsewhere-text = لا تحمّل أي صفحة شيئًا من مكان آخر، ولا شيء يحصي الزيارات.
about-privacy-lead = يمكنك قراءة كل شيء هنا دون حساب ودون ملفات تعريف ارتباط.
about-privacy-log = ما يُسجَّل
about-privacy-log-text = يحفظ السجل طريقة الطلب ومساره والرد ومدته؛ وافتراضيًا للطلبات التي تفشل فقط. ولا يحفظ أبدًا ما بحثت عنه ولا عنوانك ولا ملف تعريف ارتباط. ولتحديد عدد طلبات العنوان الواحد يُحفظ في الذاكرة بضع دقائق.
about-privacy-proxy = قد يحتفظ خادم أمام هذا المركز بسجل خاص به. اسأل من يشغّلون هذا المركز.
about-privacy-session = { $hours ->
    [zero] للموظفين الذين يسجلون الدخول فقط.
    [one] للموظفين الذين يسجلون الدخول فقط: لمدة ساعة.
    [two] للموظفين الذين يسجلون الدخول فقط: لمدة ساعتين.
    [few] للموظفين الذين يسجلون الدخول فقط: لمدة { $hours } ساعات.
    [many] للموظفين الذين يسجلون الدخول فقط: لمدة { $hours } ساعة.
   *[other] للموظفين الذين يسجلون الدخول فقط: لمدة { $hours } ساعة.
}
about-privacy-staff = الموظفون
about-privacy-staff-text = كل من ينشر شيئًا أو يبتّ فيه هنا يُذكر في سجل التدقيق للمركز، باسمه والوقت وعنوان الشبكة. ويمكن للمديرين قراءته.
about-privacy-theme = فقط إذا اخترت الفاتح أو الداكن: يحفظ ذلك سنة.
about-sources = المصادر
about-sources-codes = الرموز
about-sources-first = السجلات الأولى
about-sources-first-text = جُمعت من وثائق عامة للأمم المتحدة وللدول. ويذكر كل منها مصادره. وليس أي منها بيانًا صادرًا عن دولة.
about-sources-lead = يذكر كل سجل مصادره. وهذه مصادر ما تشترك فيه جميع السجلات.
about-sources-list = القائمة
about-sources-lists = قوائم الرموز
about-sources-map = الخريطة
about-sources-map-text = اليابسة من Natural Earth دون أي حدود داخلية. وتوضع العلامة عند مقر الآلية، لا على إقليم. ولا ينطوي ذلك على أي رأي في الوضع القانوني لأي بلد أو إقليم أو منطقة.
about-sources-names = أسماء البلدان
about-sources-names-text = هي من Unicode CLDR، مع الأسماء المختصرة للأمم المتحدة حيث تختلف، بست لغات.
about-version = إصدار البرنامج: { $version }
about-who = من يشغّله
about-who-runs = يشغّل هذا المركز: { $name }.
charts-all = المجموع
charts-bar = شريط
charts-darker = { $title }؛ اللون الأغمق يعني عددًا أكبر
charts-in-year = { $count } في عام { $year }
charts-scrolls = { $title }، قابل للتمرير أفقيًا
charts-table = عرض الجدول
charts-years = الأولى في عام { $first }، والعدد الأكبر في عام { $year } ({ $count })؛ السنة غير مذكورة في { $missing }. يلي ذلك الجدول.
figures-all-capacities = جميع القدرات
figures-all-regions = جميع المناطق
figures-all-sources = الكل
figures-all-themes = جميع المواضيع
figures-capacity = القدرة
figures-chips = الاختيار
figures-chosen = { $name }: { $value }
figures-clear = مسح الكل
figures-counted = { $kind }: { $count }
figures-embed = تضمين
figures-embed-how = انسخ هذا في صفحتك. تُحسب الأرقام من جديد كلما قرأها أحد.
figures-embed-see = عرضه منفردًا
figures-from-hub = المصدر: { $hub }، وقت العدّ: { $moment }.
figures-goal = هدف التنمية المستدامة
figures-group = الفئة المعنية
figures-kept = يحفظ هذا العنوان اختيارك.
figures-language = اللغة
figures-lead = { $practices } من { $states }، كما نُشرت هنا، { $moment }.
figures-more = { $count ->
    [zero] لا قيم أخرى في ملف CSV.
    [one] قيمة أخرى واحدة في ملف CSV.
    [two] قيمتان أخريان في ملف CSV.
    [few] { $count } قيم أخرى في ملف CSV.
    [many] { $count } قيمة أخرى في ملف CSV.
   *[other] { $count } قيمة أخرى في ملف CSV.
}
figures-nothing = لا شيء يُعدّ لهذا الاختيار.
figures-origin = المركز
figures-practices = { $count ->
    [zero] لا ممارسات
    [one] ممارسة واحدة
    [two] ممارستان
    [few] { $count } ممارسات
    [many] { $count } ممارسة
   *[other] { $count } ممارسة
}
figures-region = المنطقة
figures-remove = إزالة:
figures-shared = لا تتبع أرقام الآليات والوثائق إلا اختيارك للمنطقة والبلد والمركز والمصدر.
figures-show = عرض
figures-source = المصدر
figures-states = { $count ->
    [zero] لا دول
    [one] دولة واحدة
    [two] دولتين
    [few] { $count } دول
    [many] { $count } دولة
   *[other] { $count } دولة
}
figures-theme = الموضوع
figures-title-documents-by-type = الوثائق حسب النوع
figures-title-mechanisms-by-type-and-region = الآليات حسب النوع والمنطقة
figures-title-practices-by-capacity = الممارسات حسب القدرة
figures-title-practices-by-capacity-and-region = القدرات حسب المنطقة
figures-title-practices-by-goal = الممارسات حسب هدف التنمية المستدامة
figures-title-practices-by-group = الممارسات حسب الفئة المعنية
figures-title-practices-by-language = الممارسات حسب اللغة
figures-title-practices-by-region = الممارسات حسب المنطقة
figures-title-practices-by-source = من الدولة نفسها أم مُجمَّع
figures-title-practices-by-theme = الممارسات حسب الموضوع
figures-title-practices-by-theme-and-region = الموضوع والمنطقة
figures-title-practices-by-year = منذ متى
figures-twice = السجل الذي له قيمتان من هذه القيم يُعدّ في كلتيهما.
figures-type = النوع
figures-what = تعدّ هذه الأرقام ما نُشر هنا، لا ما هو موجود. ولا ترتّب أي دولة.
figures-words = «{ $words }»
figures-year = السنة
