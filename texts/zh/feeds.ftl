# Feeds and calendars: what stands over them and beside their entries.
feed-mechanisms = 机制
feed-practices = 做法
feed-documents = 文件
feed-events = 活动
feed-members = 成员
calendar-registration = 报名：{ $address }
calendar-source = 来源：{ $source }
calendar-day-open = 具体日期尚未确定。
catalogue-description = 各国执行、报告和后续行动机制就自身及其工作发布的内容：各国自己的表述，在此保存为经验证的副本。
catalogue-dataset = { $hub } 保存的{ $kind }：每条记录均附来源、版本和出处。
