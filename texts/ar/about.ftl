# Figures, and what the hub says about itself.
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
figures-country = البلد
figures-embed = تضمين
figures-embed-how = انسخ هذا في صفحتك. تُحسب الأرقام من جديد كلما قرأها أحد.
figures-embed-see = عرضه منفردًا
figures-from = من
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
figures-to = إلى
figures-twice = السجل الذي له قيمتان من هذه القيم يُعدّ في كلتيهما.
figures-type = النوع
figures-un-mechanism = آلية الأمم المتحدة
figures-what = تعدّ هذه الأرقام ما نُشر هنا، لا ما هو موجود. ولا ترتّب أي دولة.
figures-words = «{ $words }»
figures-year = السنة
