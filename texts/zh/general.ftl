# What is said of any change.
not-found = 此处没有该内容，或者您的角色无权查看。请核对标识符或地址。
foreign = 此记录属于另一个枢纽（{ $origin }），只有该枢纽才能修改。请联系该枢纽的负责人员。
role-needed = 此操作需要“{ $role }”角色。请向本枢纽的管理员申请。
sign-in-first = 请先登录，或在 Authorization: Bearer 中发送令牌。
conflict = 其他人在此期间作了修改。请查看差异后再次保存。
wrong-state = 当前状态不允许这样做：{ $state }。请先核对状态再继续。
required = 缺少此项，请填写。
invalid = 格式不正确：{ $why }。
too-long = 内容过长：{ $why }。
no-conflict-open = 该枢纽没有未结的冲突。枢纽列表中会显示有冲突的枢纽。
