# What is said of any change.
not-found = هذا غير موجود هنا، أو لا يمكنك الاطلاع عليه.
foreign = هذا السجل صادر عن نظام آخر ({ $origin })، ولا يمكن لغيره تعديله.
role-needed = يتطلب هذا الدور { $role }؛ اطلبه من مدير هذا النظام.
sign-in-first = سجّل الدخول أولاً، أو أرسل رمزاً في Authorization: Bearer.
conflict = عدّل شخص آخر هذا في هذه الأثناء. انظر أوجه الاختلاف ثم احفظ من جديد.
wrong-state = لا يمكن ذلك الآن: { $state }.
required = هذه المعلومة ناقصة.
invalid = الصيغة غير صحيحة: { $why }.
too-long = النص أطول من المسموح به: { $why }.
