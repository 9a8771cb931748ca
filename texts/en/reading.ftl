# Lists, practices, comparison and search.
practices-lead = What national mechanisms do, and what they found to work.
list-results = Results
list-filter = Filter
list-filter-chosen = { $count ->
    [one] ({ $count } chosen)
   *[other] ({ $count } chosen)
}
list-show = Show results
list-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
list-any = Any
list-years = Years
list-years-hint = Four digits, such as 2015.
list-days = Dates
list-days-hint = A year, a month or a day, such as 2026, 2026-11 or 2026-11-24.
list-sort = Sort by
list-sort-do = Sort
list-sort-relevance = Best match
list-sort-newest = Newest
list-sort-country = Country
list-sort-latest-year = Latest year first
list-sort-earliest-year = Earliest year first
list-sort-latest-date = Latest date first
list-sort-earliest-date = Earliest date first
list-sort-symbol = Symbol
list-sort-other = As the address says
list-practices = { $count ->
    [one] { $count } practice
   *[other] { $count } practices
}
list-mechanisms = { $count ->
    [one] { $count } mechanism
   *[other] { $count } mechanisms
}
list-documents = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
list-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
list-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
list-for = { $found } for “{ $words }”
list-chosen = Chosen
list-remove = remove:
list-clear = Clear all
list-chip = { $name }: { $value }
list-page = Page { $page } of { $pages }
list-previous = Previous page
list-next = Next page
list-address = This address keeps your search: copy it to share it.
list-feed = Follow as a feed
list-download = Download:
list-nothing = Nothing found.
list-nothing-for = Nothing found for “{ $words }”.
list-nothing-with = Chosen:
list-without = Search without “{ $name }”
list-without-words = Search without these words
list-search-all = Search all records for “{ $words }”
list-nothing-feed = Follow this search and hear when something is published
list-name-words = Words
list-name-theme = Theme
list-name-capacity = Capacity
list-name-region = Region
list-name-country = Country
list-name-mechanism-type = Type of mechanism
list-name-type = Type
list-name-un-mechanism = United Nations mechanism
list-name-goal = Sustainable Development Goal
list-name-group = For whom
list-name-language = Available in
list-name-from = From
list-name-to = To
list-name-origin = Hub
list-name-compiled = Who says it
list-name-standing = Permanence
list-name-mode = How to take part
list-name-symbol = Symbol
list-name-role = Role
list-name-status = Status
list-name-as-of = As of
list-name-audience = Readers
list-name-updated-since = Changed since
list-name-suspended = Members that are not active
list-name-page = Page
list-value-standing = Standing
list-value-ad-hoc = Ad hoc
list-value-yes = Yes
list-value-no = No
list-value-public = Everybody
list-value-network = The network alone
