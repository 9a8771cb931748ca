# Feeds and calendars: what stands over them and beside their entries.
feed-mechanisms = الآليات
feed-practices = الممارسات
feed-documents = الوثائق
feed-events = الفعاليات
feed-members = الأعضاء
calendar-registration = التسجيل: { $address }
calendar-source = المصدر: { $source }
calendar-day-open = لم يُحدَّد اليوم بعد.
catalogue-description = ما تنشره الآليات الوطنية للتنفيذ وإعداد التقارير والمتابعة عن نفسها وعن عملها: كلمات كل دولة، محفوظة هنا نسخاً مُتحقَّقاً منها.
catalogue-dataset = { $kind } كما يحفظها { $hub }: كل سجل مع مصدره ومراجعته ومراجعه.
