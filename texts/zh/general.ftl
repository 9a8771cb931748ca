# What is said of any change.
not-found = 此处没有该内容，或者您无权查看。
foreign = 此记录属于另一个实例（{ $origin }），只有该实例才能修改。
role-needed = 此操作需要“{ $role }”角色；请向本实例的管理员申请。
sign-in-first = 请先登录，或在 Authorization: Bearer 中发送令牌。
conflict = 其他人在此期间作了修改。请查看差异后再次保存。
wrong-state = 现在不能这样做：{ $state }。
required = 缺少此项。
invalid = 格式不正确：{ $why }。
too-long = 内容过长：{ $why }。
