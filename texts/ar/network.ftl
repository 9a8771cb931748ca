# Home, mechanisms, countries, the network, documents and events.
date-between = من { $from } إلى { $to }
date-until = حتى { $to }
date-not-stated = التاريخ غير مذكور
home-title = كيف تنفذ دول أخرى التوصيات المتعلقة بحقوق الإنسان
home-lead = ممارسات واعدة لآليات وطنية، بكلمات كل دولة. ابحث فيها جميعًا دفعة واحدة، واعرف من قال ماذا ومدى حداثة النسخة.
home-try = جرّب:
home-try-one = المجتمع المدني
home-try-two = البرلمان
home-try-three = قاعدة بيانات
home-try-four = تدريب
home-figures = بالأرقام
home-practices-of = { $states ->
    [zero] ممارسات واعدة
    [one] ممارسات واعدة من دولة واحدة
    [two] ممارسات واعدة من دولتين
    [few] ممارسات واعدة من { $states } دول
    [many] ممارسات واعدة من { $states } دولة
   *[other] ممارسات واعدة من { $states } دولة
}
home-mechanisms = آليات موصوفة
home-documents = قرارات وتقارير وأدلة
home-members = أعضاء الشبكة المدرجون
home-newest = أحدث الممارسات
home-no-practice = لم تُنشر هنا أي ممارسة بعد.
home-all-practices = جميع الممارسات ({ $count })
home-events = الفعاليات المقبلة
home-no-event = لم تُنشر أي فعالية بتاريخ مقبل.
home-latest-event = آخر ما هو مسجل:
events-calendar = الاشتراك في التقويم
map-title = من أين تأتي السجلات
map-hub = لها مركزها الخاص: يبين العمود مدى حداثة نسختنا
map-record = سجلات جُمعت من مصادر عامة
map-notice = تبين الخريطة مقار الآليات لا الأقاليم، ولا ترسم حدودًا. ولا تنطوي على أي رأي بشأن المركز القانوني لأي بلد أو إقليم أو منطقة. إسقاط Equal Earth؛ اليابسة من Natural Earth والمقار من GeoNames.
map-list = الشيء نفسه في قائمة
map-no-region = خارج المجموعات الإقليمية
mechanism-since = أُنشئت عام { $year }
event-mode-in-person = حضوريًا
event-mode-online = عبر الإنترنت
event-mode-hybrid = حضوريًا وعبر الإنترنت
event-place-between = ،{" "}
record-published-by = نشره: { $who }
record-wrong = هل هناك خطأ؟ لا يستطيع تغيير هذا السجل إلا صاحبه: { $who }.
mechanism-glance = لمحة
mechanism-type = النوع
mechanism-standing = دائمة أم مخصصة
mechanism-standing-yes = دائمة
mechanism-standing-no = مخصصة
mechanism-established = سنة الإنشاء
mechanism-host = المؤسسة المضيفة
mechanism-website = الموقع الإلكتروني
mechanism-contact = الاتصال
mechanism-region = المنطقة
mechanism-capacities = القدرات
mechanism-capacities-shown = كما تظهر في ممارساتها المنشورة
mechanism-mandate = الولاية
mechanism-composition = التشكيل
country-description = ما هو معروف هنا عن { $country }: آليتها وممارساتها ومكانها في الشبكة.
country-mechanism = الآلية
country-no-mechanism = لم توصف هنا أي آلية بعد.
country-no-mechanism-why = لا يعني هذا أنها غير موجودة. يمكن للدولة أن تصفها في مركزها الخاص، أو أن تبلغ منسق الشبكة.
country-no-practice = لم تُنشر هنا أي ممارسة بعد.
country-all-practices = جميع ممارساتها
country-documents = وثائق عنها
country-events = فعاليات عُقدت فيها
member-in-network = في الشبكة
member-none = غير مدرجة ضمن أعضاء الشبكة.
member-since = منذ { $day }
member-sources = مصادر بشأن العضوية
member-friends = مدرجة في مجموعة الأصدقاء المعنية بالتنفيذ وتقديم التقارير والمتابعة على الصعيد الوطني.
member-friends-note = علامَ تستند هذه القائمة
member-hub = لها مركزها الخاص.
member-hub-confirmed = أُكِّدت النسخة: { $when }.
member-hub-all = حالة جميع المراكز
member-no-hub = ليس لها مركز بعد.
member-no-hub-why = ما يرد هنا عنها جمعه منسق الشبكة من مصادر عامة.
net-title = الشبكة اليوم
net-description = ما المراكز الموجودة، وما مدى حداثة نسخة كل منها، ومن هم أعضاء الشبكة.
net-late-one = { $who }: آخر اتصال { $when }؛ وتبقى سجلاته مقروءة كما كانت حينئذ.
net-late-several = { $count ->
    [zero] لا مركز متأخر.
    [one] مضى أكثر من يوم على آخر اتصال بمركز واحد؛ وتبقى سجلاته مقروءة كما كانت حينئذ.
    [two] مضى أكثر من يوم على آخر اتصال بمركزين؛ وتبقى سجلاتهما مقروءة كما كانت حينئذ.
    [few] مضى أكثر من يوم على آخر اتصال بـ { $count } مراكز؛ وتبقى سجلاتها مقروءة كما كانت حينئذ.
    [many] مضى أكثر من يوم على آخر اتصال بـ { $count } مركزًا؛ وتبقى سجلاتها مقروءة كما كانت حينئذ.
   *[other] مضى أكثر من يوم على آخر اتصال بـ { $count } مركز؛ وتبقى سجلاتها مقروءة كما كانت حينئذ.
}
net-hubs = المراكز
net-caption = كل مركز بكلمات بسيطة
net-hub = المركز
net-confirmed = أُكِّدت نسختنا
net-meaning = ما معنى ذلك
net-records = السجلات
net-coordinator = منسق الشبكة
net-this-hub = هذا المركز
net-not-yet = ليس بعد
net-state-own = هذا هو المركز الذي تقرؤه.
net-state-coordinator = ويحتفظ أيضًا بسجلات جُمعت عن دول ليس لها مركز بعد.
net-state-current = يستجيب. نسختنا كاملة.
net-state-via = لا اتصال مباشرًا: يُقرأ عبر مركز آخر ({ $hub }). ويحمل كل سجل توقيع صاحبه.
net-state-failing = لم يستجب منذ ذلك الحين: { $when }. تبقى سجلاته مقروءة كما كانت؛ ويواصل هذا المركز المحاولة.
net-state-stale = مضى أكثر من يوم على آخر بيان موقّع له: { $when }. تبقى سجلاته مقروءة كما كانت.
net-state-never = لم يُنسخ منه شيء بعد. ويواصل هذا المركز المحاولة.
net-state-conflict = يتعارض بيانان موقّعان. يُحفظ كلاهما دليلًا حتى ينظر فيهما شخص؛ وما يُعرض مثبت.
net-state-stolen = المفتاح الذي وقّع به آخر مرة مُعلَّم بأنه مسروق. لا تُعرض سجلاته حتى يوقّع بمفتاح جديد.
net-state-diverged = ما عرضه لا يثبت نفسه فلم يؤخذ. تبقى النسخة السابقة مقروءة.
net-state-too-large = يعرض أكثر مما يأخذه هذا المركز. تبقى النسخة السابقة مقروءة.
net-state-suspended = عضويته غير نشطة. تُحفظ سجلاته ولا تظهر في القوائم.
net-state-paused = أوقف القائمون على هذا المركز النسخ مؤقتًا. تبقى سجلاته مقروءة كما كانت.
net-state-blocked = حجبه القائمون على هذا المركز. لا تُعرض سجلاته.
net-level-own = خاص بهذا المركز
net-level-hour = خلال ساعة
net-level-day = خلال يوم
net-level-week = خلال سبعة أيام
net-level-older = أقدم، أو لم تؤكَّد قط
net-level-conflict = موضع شك: بيانان متعارضان، أو عرض بلا إثبات، أو مفتاح مسروق
net-engineers = للمهندسين: العناوين ونقاط التحقق والأخطاء
net-json = هذا الجدول بصيغة JSON
net-members-csv = الأعضاء بصيغة CSV
net-feed = متابعة تغيرات العضوية
net-members = الأعضاء
net-as-of = الأعضاء في هذا اليوم
net-as-of-help = السنة والشهر واليوم، مثل 2024-05-09. إن تُرك فارغًا: اليوم.
net-as-of-wrong = هذا ليس تاريخًا. اكتبه هكذا: 2024-05-09.
net-as-of-show = اعرض
net-members-on = { $count ->
    [zero] لا أعضاء مدرجون في { $day }.
    [one] عضو واحد مدرج في { $day }.
    [two] عضوان مدرجان في { $day }.
    [few] { $count } أعضاء مدرجون في { $day }.
    [many] { $count } عضوًا مدرجًا في { $day }.
   *[other] { $count } عضو مدرج في { $day }.
}
net-described = { $states ->
    [zero] لم توصف هنا آلية أي دولة.
    [one] توصف هنا آليات دولة واحدة. ولا تصبح الدولة عضوًا بمجرد وصف آليتها.
    [two] توصف هنا آليات دولتين. ولا تصبح الدولة عضوًا بمجرد وصف آليتها.
    [few] توصف هنا آليات { $states } دول. ولا تصبح الدولة عضوًا بمجرد وصف آليتها.
    [many] توصف هنا آليات { $states } دولة. ولا تصبح الدولة عضوًا بمجرد وصف آليتها.
   *[other] توصف هنا آليات { $states } دولة. ولا تصبح الدولة عضوًا بمجرد وصف آليتها.
}
net-course = الأعضاء عبر الزمن
net-course-none = لا تُعرف هنا أي عضوية مؤرخة.
net-course-told = الأعضاء النشطون: { $first } في { $begin }، و{ $last } في { $end }.
net-course-table = اعرض الجدول
net-course-changes = أوائل الأشهر التي تغير فيها العدد
net-course-month = التاريخ
net-course-active = نشط
net-course-suspended = معلّق
net-past = كيف نشأت
net-past-none = لم تُنشر أي فعالية ماضية.
document-facts = عن هذه الوثيقة
document-type = النوع
document-symbol = الرمز
document-issued-by = جهة الإصدار
document-date = التاريخ
document-country = بشأن
document-editions = قراءتها
document-read-in = اقرأها بلغة: { $language }
document-exists-in = متاحة بلغات: { $languages }؛ ولم يُذكر عنوان.
document-no-edition = لم تُذكر أي نسخة. قد تقود إليها المصادر أدناه.
document-related = حول الموضوع نفسه
document-all-on = جميع الوثائق حول: { $theme }
event-facts = متى وأين
event-when = متى
event-ahead = (مقبلة)
event-type = النوع
event-where = المكان
event-venue = القاعة أو المبنى
event-mode = طريقة المشاركة
event-organizers = المنظمون
event-registration = التسجيل
event-recordings = التسجيلات
mechanisms-lead = الآليات الوطنية للتنفيذ وتقديم التقارير والمتابعة، كل منها كما تصفها دولتها، أو كما تصفها المصادر العامة.
documents-lead = قرارات وتقارير وأدلة ونصوص أخرى في هذا المجال، مع روابط إلى كل لغة تتوفر بها.
events-lead = ندوات وحلقات نقاش وورش عمل: ما هو مقبل وما عُقد.
events-next = المقبلة
events-webcal = أضفه إلى برنامج التقويم لديك، ثم يحدّث نفسه تلقائيًا.
events-webcal-open = افتحه في برنامج التقويم
events-ics = ملف التقويم (ICS)
record-compiled = جُمع من مصادر عامة: ليس بيانًا صادرًا عن هذه الدولة، ويمكنها تصحيحه أو تولّيه ({ $country }).
