# What stands around every page, and what all pages are made of.
home = الصفحة الرئيسية
practices = الممارسات
mechanisms = الآليات
network = الشبكة
documents = الوثائق
events = الفعاليات
figures = أرقام
about = نبذة
colon = {": "}
comma = {"، "}
workbench = مكتب التحرير
desk = مكتب المنسق
administration = الإدارة
themes = المواضيع
search = بحث
search-all = البحث في جميع السجلات
all-practices = جميع الممارسات
all-mechanisms = جميع الآليات
all-documents = جميع الوثائق
all-events = جميع الفعاليات
all-members = جميع الأعضاء
frame-skip = انتقل إلى المحتوى
frame-demonstration = بيانات تجريبية جُمعت من مصادر عامة. لا شيء هنا بيانٌ صادر عن دولة.
frame-hub-of-coordinator = مركز منسق الشبكة
frame-hub-of = مركز { $country }
frame-language = اللغة
frame-display = العرض
frame-theme-auto = كإعدادات جهازي
frame-theme-light = فاتح
frame-theme-dark = داكن
frame-theme-keep = احفظ الاختيار
frame-navigation = القائمة الرئيسية
frame-way = أنت هنا
strip-alone = لا يحتفظ هذا المركز بعدُ بنسخة من مركز آخر.
strip-fresh = أُكِّدت { $fresh } من أصل { $all } من النسخ خلال الساعة الماضية.
strip-late = { $who }: آخر اتصال { $when }.
strip-never = { $who }: لم يتم الاتصال بعد.
strip-conflict = { $who }: يتعارض بيانان موقّعان.
strip-unproved = { $who }: ما عرضه أخيرًا لا يثبت نفسه.
strip-stolen = { $who }: مفتاحه مُعلَّم بأنه مسروق.
strip-network = حالة الشبكة
fresh-confirmed = أُكِّدت النسخة
fresh-own = سجل خاص بهذا المركز
fresh-compiled = من مصادر عامة
fresh-conflict = يتعارض بيانان موقّعان
fresh-unproved = العرض الأخير غير مثبت
ago-now = الآن
ago-minutes = { $count ->
    [one] قبل دقيقة
    [two] قبل دقيقتين
    [few] قبل { $count } دقائق
   *[other] قبل { $count } دقيقة
}
ago-hours = { $count ->
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $count } ساعات
   *[other] قبل { $count } ساعة
}
ago-yesterday = أمس، { $time }
ago-day = حتى { $day }
moment = { $day }، { $time } بالتوقيت العالمي
tongues-only = كُتب بلغة: { $language }
tongues-also = كُتب بلغة: { $language }؛ متاح أيضًا بلغات: { $others }
tongues-in = اللغات: { $languages }
entry-other-language = لم يُنشر بهذه اللغة: { $wanted }؛ معروض بلغة: { $shown }.
entry-below-other-language = النص أسفل العنوان بلغة: { $shown }.
years-since = منذ { $year }
years-between = من { $from } إلى { $to }
years-until = حتى { $year }
years-not-stated = السنة غير مذكورة
not-stated = غير مذكور
foot-about = عن هذا المركز
foot-about-text = كل دولة هي المؤلف الوحيد لسجلاتها. يحتفظ هذا المركز بنسخة متحقق منها مما نشرته المراكز الأخرى، ويبين عمر كل نسخة.
foot-use = الاستخدام
foot-api = البيانات وواجهة البرمجة
foot-feeds = الموجزات والتقويم
foot-licence = الترخيص
foot-sign-in = تسجيل الدخول إلى مكتب التحرير
foot-signed-in = سجّلت الدخول باسم { $name }.
foot-trust = الثقة
foot-method = كيف يُتحقق من النسخ
foot-accessibility = إمكانية الوصول
foot-privacy = الخصوصية
refused-not-found = لا توجد صفحة في هذا العنوان
refused-not-found-why = ربما نُقلت، أو ينقص حرف من العنوان.
refused-sign-in = سجّل الدخول أولًا
refused-sign-in-why = انتهت جلستك أو لم تكن هناك جلسة. سجّل الدخول ثم أعد الإرسال.
refused-role = هذه الصفحة غير متاحة لك
refused-role-why = تتطلب الدور «{ $role }». اطلبه من إدارة هذا المركز.
refused-cross-site = أُرسل هذا النموذج من موقع آخر
refused-cross-site-why = لم يتغير شيء. افتح الصفحة هنا ثم أعد الإرسال.
refused-address = يطلب هذا العنوان شيئًا غير موجود
refused-address-why = لم يُهمل شيء دون إخبارك. الخطأ بلغة واجهة البرمجة:
refused-not-ready = يجري إعداد البحث
refused-too-many = زيارات كثيرة جدًا من عنوانك
refused-busy = هذا المركز مشغول جدًا
refused-again = { $seconds ->
    [one] حاول مجددًا بعد ثانية.
    [two] حاول مجددًا بعد ثانيتين.
    [few] حاول مجددًا بعد { $seconds } ثوانٍ.
   *[other] حاول مجددًا بعد { $seconds } ثانية.
}
refused-method = هذا العنوان لا يقبل ذلك
refused-method-why = يمكن قراءته، أو يقبل نموذجًا من صفحته. لم يتغير شيء.
refused-too-large = هذا أكبر من اللازم
refused-too-large-why = لم يتغير شيء. أرسل أقل في المرة الواحدة.
refused-fault = واجهت هذه الصفحة خللًا في البرنامج
refused-fault-why = سُجّل الخلل في سجل المركز. حاول مجددًا؛ وإن استمر فأبلغ القائمين على هذا المركز.
withdrawn-practice = سُحبت ممارسة
withdrawn-mechanism = سُحب سجل آلية
withdrawn-document = سُحب سجل وثيقة
withdrawn-event = سُحبت فعالية
withdrawn-member = سُحب سجل عضوية
refused-gone-who = سُحب من { $who } في { $day }.
refused-gone-erased = مُحي النص هنا وفي جميع المراكز الأخرى.
refused-withheld = هذا السجل غير معروض الآن
refused-withheld-why = المفتاح الذي وقّع به مركزه آخر مرة ({ $who }) مُعلَّم بأنه مسروق.
refused-withheld-until = تُعرض سجلاته من جديد متى وقّعها ذلك المركز بمفتاح جديد.
language-ar = العربية
language-zh = الصينية
language-en = الإنجليزية
language-fr = الفرنسية
language-ru = الروسية
language-es = الإسبانية
language-pt = البرتغالية
language-it = الإيطالية
language-de = الألمانية
language-ro = الرومانية
language-sr = الصربية
language-sl = السلوفينية
language-hy = الأرمنية
language-ka = الجورجية
language-mn = المنغولية
language-th = التايلندية
language-ms = الملايوية
language-sw = السواحيلية
language-rw = الكينيارواندية
language-uz = الأوزبكية
language-ky = القيرغيزية
language-kk = الكازاخية
language-tr = التركية
language-uk = الأوكرانية
language-pl = البولندية
language-nl = الهولندية
language-da = الدنماركية
language-sv = السويدية
language-no = النرويجية
language-fi = الفنلندية
language-el = اليونانية
language-bg = البلغارية
language-hr = الكرواتية
language-cs = التشيكية
language-sk = السلوفاكية
language-hu = المجرية
language-sq = الألبانية
language-mk = المقدونية
language-fa = الفارسية
language-ur = الأردية
language-hi = الهندية
language-id = الإندونيسية
language-ja = اليابانية
language-ko = الكورية
language-vi = الفيتنامية
language-gn = الغوارانية
language-qu = الكيتشوا
