# The workbench of staff.
work-add-another = إضافة بند آخر
work-all-drafts = مسودات قيد الكتابة
work-audience = من يقرؤه
work-audience-fixed = يُختار مرة واحدة: لا يتغير بعد النشر الأول.
work-audience-network = أعضاء الشبكة وحدهم
work-audience-public = الجميع
work-back = رجوع
work-before-submit = قبل التقديم
work-begin = بدء سجل جديد
work-begin-lead = تبقى المسودة في هذا المركز. لا يراها إلا أنت ومحررو آليتك حتى ينشرها أحد المحررين.
work-change = تعديل
work-changed = ما تغيّر
work-changes = ما تغيّر منذ النشر
work-checks = الفحوص
work-choose = اختر من { $count }
work-compare = مقارنة
work-compare-from = من
work-compare-to = إلى
work-conflict = حفظ { $who } هذه المسودة عند { $time } بالتوقيت العالمي.
work-conflict-drop = الإبقاء على ما حفظه الآخر
work-conflict-none = ما كتبته مطابق لما حُفظ. واصل العمل على المسودة.
work-conflict-save = حفظ اختياري
work-conflict-title = نسختان من هذه المسودة
work-continue = متابعة
work-decide = القرار
work-delete = حذف هذه المسودة
work-delete-final = يزول نصها عندئذ. لم يُنشر منها شيء.
work-delete-published-stays = يزول نصها عندئذ. يبقى السجل المنشور كما هو.
work-delete-title = أتُحذف هذه المسودة؟
work-dock = المسودة
work-done = تم.
work-done-begun = بدأت المسودة. يبقى السجل المنشور كما هو حتى تُنشر مسودة له.
work-done-deleted = حُذفت المسودة.
work-done-left = يبقى السجل كما هو، وقد خرج من هذه القائمة.
work-done-needed = ما زال شيء لازمًا قبل المتابعة. وهو مبيّن أدناه.
work-done-published = نُشر. تحفظه جميع المراكز خلال نحو 15 دقيقة.
work-done-returned = عادت المسودة إلى كاتبها مع ما طلبته.
work-done-saved = حُفظ.
work-done-submitted = قُدّمت. ينظر فيها بعد ذلك أحد محرري آليتك.
work-done-taken = هذه المسودة نسخة مما جمعه المنسق. صحّحها، ثم اطلب نشرها سجلًا خاصًا بكم.
work-done-withdrawn = سُحب. تمحو جميع المراكز نصه خلال نحو 15 دقيقة.
work-draft-of = { $kind }، { $author }، بقلم { $writer }. لا يرى هذه المسودة إلا العاملون في آليتك.
work-edit = تحرير
work-edit-first = تعديلها أولًا
work-edit-title = تحرير: { $title }
work-edition-language = اللغة، برمز مثل fr
work-field-acronym = المختصر
work-field-adopted-from = الممارسات التي اقتُدي بها
work-field-capacities = القدرات التي تعززها
work-field-city = المدينة
work-field-composition = التكوين
work-field-contact = جهة الاتصال العامة
work-field-country = البلد
work-field-date = التاريخ
work-field-description = الوصف
work-field-documents = الوثائق
work-field-editions = أين تُقرأ
work-field-end-year = السنة الأخيرة
work-field-ends-on = اليوم الأخير
work-field-established-year = سنة الإنشاء
work-field-goals = أهداف التنمية المستدامة
work-field-groups = فئات الأشخاص
work-field-host = المؤسسة المضيفة
work-field-in = { $field }، { $language }
work-field-issued-by = جهة الإصدار
work-field-languages = اللغات المتاحة
work-field-lessons = الدروس المستفادة
work-field-links = لمزيد من القراءة
work-field-mandate = الولاية
work-field-mechanism = الآلية
work-field-mode = طريقة الانعقاد
work-field-name = الاسم
work-field-organizers = الجهات المنظمة
work-field-original-language = اللغة الأصلية
work-field-recordings = التسجيلات
work-field-registration = أين يكون التسجيل
work-field-sources = المصادر
work-field-standing = آلية دائمة
work-field-start-year = السنة الأولى
work-field-starts-on = اليوم الأول
work-field-summary = الملخص
work-field-symbol = رمز الوثيقة
work-field-themes = المواضيع
work-field-title = العنوان
work-field-type = النوع
work-field-un-mechanisms = آليات الأمم المتحدة
work-field-venue = المكان
work-field-website = الموقع الشبكي
work-for-all = لجميع اللغات
work-from = انطلاقًا من
work-go-on = مواصلة المسودة
work-helpful = مفيد.
work-helpful-count = ما يفيد القراء أيضًا: { $count }.
work-hint-adopted-from = سيرى أصحابها أنكم أخذتم بها.
work-hint-composition = ممن تتألف؟ ماركداون: *إبراز*، قوائم، روابط.
work-hint-contact = عنوان المكتب أو هاتفه، لا عنوان شخص أبدًا.
work-hint-day = مثل 2026 أو 2026-01 أو 2026-01-31: بقدر ما تعرفه من الدقة.
work-hint-editions = لغة وعنوان لكل طبعة.
work-hint-end-year = يُترك فارغًا ما دامت الممارسة مستمرة.
work-hint-host = الوزارة أو المكتب الذي يضمها.
work-hint-lessons = ماذا تقول لزميل يبدأ غدًا؟ ماركداون: *إبراز*، قوائم، روابط.
work-hint-markdown = ماركداون: *إبراز*، قوائم، روابط.
work-hint-organizers = اسم واحد في كل سطر.
work-hint-original-language = بذلك يعرف القراء متى يقرؤون ترجمة.
work-hint-sources = أين يمكن للقارئ أن يتحقق؟ قانون أو تقرير أو صفحة.
work-hint-standing = نعم إن كانت تعمل على الدوام، ولا إن كانت تُدعى لكل تقرير.
work-hint-summary = ما هي، في فقرة واحدة.
work-hint-symbol = مثل A/HRC/50/64.
work-import = استيراد من جدول
work-import-again = معاينة ملف آخر
work-import-done = تم الاستيراد
work-import-editors = الاستيراد للمحررين. اطلبه من أحد محرري آليتك مع ملفك.
work-import-failed = لم يُنشر شيء. السبب في سجل هذا المركز: أبلغ القائمين عليه.
work-import-faults = { $count ->
    [zero] لا صفوف معيبة.
    [one] صف واحد معيب. صحّحه في ملفك ثم عاينه من جديد، أو استبعده.
    [two] صفان معيبان. صحّحهما في ملفك ثم عاينهما من جديد، أو استبعدهما.
    [few] { $count } صفوف معيبة. صحّحها في ملفك ثم عاينها من جديد، أو استبعدها.
    [many] { $count } صفًا معيبًا. صحّحها في ملفك ثم عاينها من جديد، أو استبعدها.
   *[other] { $count } صف معيب. صحّحها في ملفك ثم عاينها من جديد، أو استبعدها.
}
work-import-file = الملف
work-import-file-hint = CSV أو Excel (.xlsx) أو JSON أو JSON Lines، بحد أقصى { $size } ميغابايت.
work-import-forgotten = لم تعد هذه المعاينة محفوظة
work-import-forgotten-why = تُحفظ المعاينة نصف ساعة، حتى المعاينة التالية. لم يُنشر شيء. أرسل الملف من جديد.
work-import-kind = ما هي الصفوف
work-import-kind-of-file = كما يقول اسم الملف أو أوراقه
work-import-lead = أرسل جدول سجلات، وعاين ما يفعله كل صف، ثم انشره كله دفعة واحدة.
work-import-look = معاينة كل صف
work-import-no-file = اختر ملفًا أولًا.
work-import-nothing = لن يتغير شيء: لا شيء للنشر.
work-import-nothing-yet = لا يُكتب شيء بعد: ترى أولًا ما سيؤول إليه كل صف.
work-import-overtaken = نشر شخص آخر أحد هذه السجلات في هذه الأثناء. لم يُكتب شيء. أرسل الملف من جديد لترى ما يفعله الآن.
work-import-preview = ما يفعله هذا الملف
work-import-publish = نشر الكل
work-import-published = منشورة: { $count }.
work-import-rows = الصفوف
work-import-say-without = بعض الصفوف معيبة. لم يُنشر شيء. صحّحها، أو حدّد استبعادها.
work-import-see = استيراد ملف
work-import-send = إرسال ملف
work-import-templates = جداول فارغة
work-import-templates-lead = في كل منها أعمدة نوع واحد من السجلات، وصف يبيّن كيف تُملأ.
work-import-unchanged = بلا تغيير: { $count }.
work-import-unread = تتعذر قراءة هذا الملف. بكلمات البرنامج:
work-import-will = { $count ->
    [zero] لا يتغير أي سجل.
    [one] يتغير سجل واحد.
    [two] يتغير سجلان.
    [few] تتغير { $count } سجلات.
    [many] يتغير { $count } سجلًا.
   *[other] يتغير { $count } سجل.
}
work-import-withdrawn = مسحوبة: { $count }.
work-import-without = استبعاد الصفوف المعيبة ونشر ما عداها
work-in-review = في انتظار المراجعة
work-keep = الإبقاء على المسودة
work-keep-record = الإبقاء على السجل
work-kind-document = وثيقة
work-kind-event = فعالية
work-kind-mechanism = آلية
work-kind-practice = ممارسة
work-kinds = أنواع السجلات
work-lead = هنا تُكتب سجلات { $author } وتُراجع وتُنشر.
work-leave = تركه كما هو
work-look = بحث
work-look-label = كلمات من عنوانه، أو عنوان صفحته
work-look-nothing = لم يُعثر على شيء. جرّب كلمات أخرى، أو عنوان صفحته.
work-mend = تصحيحه
work-mode-hybrid = حضوريًا وعبر الإنترنت
work-mode-in-person = حضوريًا
work-mode-online = عبر الإنترنت
work-my-drafts = مسوداتي
work-needed = لازم.
work-needed-count = { $count ->
    [zero] لا شيء لازم.
    [one] شيء واحد لازم.
    [two] شيئان لازمان.
    [few] { $count } أشياء لازمة.
    [many] { $count } شيئًا لازمًا.
   *[other] { $count } شيء لازم.
}
work-needed-none = لا شيء آخر لازم.
work-new-record = هذا السجل جديد: لم يُنشر منه شيء بعد.
work-new-title = جديد: { $kind }
work-next = التالي
work-no = لا
work-no-difference = لا فرق.
work-no-drafts = لا مسودات. ابدأ سجلًا أدناه، أو عدّل سجلًا منشورًا.
work-not-done = لم يتغير شيء
work-not-saved = لم يُحفظ. ما كتبته ما زال أدناه.
work-not-written = لم يُكتب بعد.
work-nothing-lost = لم يضع شيء مما كتبته: اختر لكل حقل النسخة التي تبقى.
work-nothing-open = لا شيء معلّق.
work-nothing-waits = لا شيء ينتظر قرارًا.
work-older = مسودات أقدم
work-one-version = هناك نسخة واحدة فقط.
work-original = الأصل
work-original-name = { $language }، الأصل
work-other-languages = لغات أخرى، برموز مثل pt, sw
work-page-of = الصفحة { $page } من { $pages }
work-pages = الصفحات
work-place-line = السطر { $line }
work-place-row = الصف { $row }
work-place-row-line = الصف { $row }، السطر { $line }
work-place-sheet = الورقة { $sheet }، الصف { $row }
work-preview = معاينة
work-preview-in = باللغة:
work-preview-text = كيف سيبدو
work-preview-title = معاينة
work-previous = السابق
work-publish = نشر
work-publish-effect = تحفظه جميع المراكز خلال نحو 15 دقيقة.
work-publish-now = نشر الآن
work-publish-signed = يُوقَّع بمفتاح هذا المركز. يمكن تعديله أو سحبه لاحقًا، وما قُرئ فقد قُرئ.
work-publish-title = أيُنشر هذا السجل؟
work-records = السجلات المنشورة
work-records-count = { $count ->
    [zero] لا سجلات
    [one] سجل واحد
    [two] سجلان
    [few] { $count } سجلات
    [many] { $count } سجلًا
   *[other] { $count } سجل
}
work-records-lead = ما نشره هذا المركز. تعديل سجل يبدأ مسودة، ويرى القراء النص المنشور حتى تُنشر المسودة.
work-records-words = كلمات
work-return = إعادتها
work-return-hint = يقرأ الكاتب هذا فوق المسودة.
work-return-label = أو إعادتها: ما الذي ينبغي تغييره؟
work-review = مراجعة
work-row-all = الكل
work-row-changed = معدّل
work-row-column = العمود { $column }
work-row-faulty = معيب
work-row-new = جديد
work-row-outcome = ما يحدث
work-row-place = موضعه
work-row-saved = { $name }، { $when }.
work-row-title = العنوان
work-row-unchanged = بلا تغيير
work-row-withdrawn = مسحوب
work-save = حفظ
work-save-failed = لم يُحفظ: لا يجيب هذا المركز. تُعاد المحاولة.
work-saved-by = حفظها { $name }
work-saved-when = حُفظت { $when }
work-saving = جارٍ الحفظ…
work-saving-takes-back = هذه المسودة قيد المراجعة. حفظ أي تعديل يستعيدها من المحررين.
work-see-both = عرض النسختين
work-see-record = عرض صفحته
work-see-withdrawn = عرض ما يجده القراء هناك الآن
work-sent-back = أعادها أحد المحررين ويطلب:
work-show = عرض
work-source-title = العنوان
work-source-url = العنوان الشبكي، ويبدأ بـ ⁦https://⁩
work-state-draft = مسودة
work-state-review = قيد المراجعة
work-step-draft = 1 مسودة
work-step-published = 3 منشور في جميع المراكز
work-step-review = 2 قيد المراجعة
work-steps = المراحل
work-submit = تقديم للمراجعة
work-successor-is = يحل محله { $title }. تؤدي إليه الروابط القديمة.
work-successor-lead = إن كان سجل آخر يقول الآن الشيء نفسه، أمكن أن تؤدي إليه الروابط القديمة.
work-successor-look = كلمات من السجل الذي يحل محله
work-successor-none = لا يحل محله شيء.
work-successor-title = ما الذي يحل محله؟
work-take = تولّيه
work-take-over = سجلات يمكن تولّيها
work-take-over-count = { $count ->
    [zero] لم يجمع المنسق أي سجل عن دولتكم.
    [one] جمع المنسق سجلًا واحدًا عن دولتكم من مصادر عامة. صحّحه أو تولّه أو اتركه.
    [two] جمع المنسق سجلين عن دولتكم من مصادر عامة. صحّحهما أو تولّهما أو اتركهما.
    [few] جمع المنسق { $count } سجلات عن دولتكم من مصادر عامة. صحّحها أو تولّها أو اتركها.
    [many] جمع المنسق { $count } سجلًا عن دولتكم من مصادر عامة. صحّحها أو تولّها أو اتركها.
   *[other] جمع المنسق { $count } سجل عن دولتكم من مصادر عامة. صحّحها أو تولّها أو اتركها.
}
work-take-over-lead = جمعها المنسق عن دولتكم من مصادر عامة. إذا تولّيتم سجلًا صار مسودة لكم، وإذا نُشر حل محل السجل المجموع.
work-take-over-none = لا شيء لتولّيه.
work-take-over-see = عرضها
work-texts = النصوص
work-theirs = ما حفظه الآخر
work-this-draft = هذه المسودة
work-to = الكتابة بـ
work-to-workbench = إلى مكتب التحرير
work-tongue-done = { $language }: كامل
work-tongue-none = { $language }: لم يبدأ
work-tongue-some = { $language }: { $count } من { $all } نصوص
work-tongues-add = إضافة لغة
work-tongues-here = في هذا السجل
work-unsaved = لم يُحفظ بعد
work-untitled = بلا عنوان
work-version = النسخة { $number }، منشورة
work-version-short = النسخة { $number }
work-versions = النسخ
work-waits-for-you = تنتظر هذه المسودة قرارًا.
work-was-sent-back = أعادها أحد المحررين.
work-withdraw = سحب
work-withdraw-effect = تزيل جميع المراكز السجل وتمحو نصه خلال نحو 15 دقيقة. ويقول عنوانه إنه سُحب.
work-withdraw-final = السحب نهائي.
work-withdraw-now = سحبه نهائيًا
work-withdraw-title = أيُسحب هذا السجل؟
work-yes = نعم
work-yours = ما كتبته
