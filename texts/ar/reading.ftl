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
