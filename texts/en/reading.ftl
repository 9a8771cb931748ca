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
speak-original = You are reading the { $language } text, the original.
speak-translation = You are reading the { $language } text, a translation.
speak-plain = You are reading the { $language } text.
speak-lacks = Not published in { $wanted }.
speak-read-original = Read the original, in { $language }
prov-heading = Who says this, and how fresh is it
prov-coordinator = the network coordinator
prov-published = Published by { $who } on { $day }, version { $version }.
prov-compiled = Compiled from public sources by { $who } on { $day }, version { $version }.
prov-no-statement = This is not a statement of { $country }, which runs no hub yet. It can correct this record, or take it over.
prov-no-statement-hub = This is not a statement of { $country }. It can correct this record, or take it over.
prov-own = This is the record itself, not a copy: this hub is its author’s own.
prov-equal = This copy was last proved equal to the original ({ $who }) { $when }.
prov-via = This copy was proved equal as of { $when }, read through another hub ({ $through }). It carries the author’s own signature ({ $who }).
prov-late = The hub of this record’s author ({ $who }) has not answered since: { $when }. This is the text as it was then.
prov-stale = The last signed statement of this record’s author ({ $who }) is more than a day old: { $when }. This is the text as it was then.
prov-paused = Whoever runs this hub has paused the copying of this record’s author ({ $who }): { $when }. This is the text as it was then.
prov-too-large = The hub of this record’s author ({ $who }) offers more than this hub takes: { $when }. This is the text as it was then.
prov-unproved = What the hub of this record’s author ({ $who }) offered last does not prove itself, and was not taken. Shown is the text that was proved before.
prov-conflict = Two signed statements of one hub ({ $who }) disagree. Both are kept as evidence; shown is the text that was proved last.
prov-suspended = This membership is not active: { $who }. The copy is kept, and left out of lists.
prov-suspended-since = This membership is not active since { $day }: { $who }. The copy is kept, and left out of lists.
prov-network = For members of the network alone: do not pass it on.
prov-verify = Check it yourself
prov-signed = Signed record (JWS)
prov-history = Earlier versions
prov-engineers = For engineers
practice-of = A practice of { $country }
practice-text = The practice
practice-lessons = Lessons learnt
practice-no-lessons = No lessons learnt are published for this practice ({ $country }).
practice-no-lessons-compiled = The sources give no lessons learnt.
practice-own-words = Summarised and translated in the compilers’ own words.
practice-correct = Suggest a correction
practice-facts = At a glance
practice-mechanism = Mechanism
practice-capacities = Capacities
practice-un-mechanisms = UN mechanisms
practice-goals = Development goals
practice-groups = For whom
practice-years = Years
practice-follows = It follows
practice-adopted = Adopted by
practice-adopted-none = No other mechanism has said yet that it adopted this practice.
practice-adopted-yours = Has yours? Tell the network
practice-adopted-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
practice-related = Related practices
practice-compare = Compare with another practice
practice-compare-these = Compare with these
sources = Sources
sources-none = No source is stated.
sources-links = Further reading
sources-to-confirm = To be confirmed by { $country }.
cite = Cite
cite-copy = Copy
cite-copied = Copied.
cite-print = Your browser’s print command gives a clean page.
field-title = Title
field-summary = Summary
field-description = Description
field-mandate = Mandate
field-composition = Composition
field-host = Hosted by
field-established = Established
history-title = Earlier versions
history-record = The record
history-own = Every version that this hub has published, newest first.
history-seen = The versions that this hub has seen, newest first. Its author’s own hub has them all.
history-version = Version { $version }
history-when = Signed { $signed }; here since { $received }.
history-not-shown = This version is not shown: it does not keep to the network’s rules.
history-first = The first version.
history-before-unknown = The version before it is not held here.
history-same = Its text is the same as before.
history-changed = { $count ->
    [one] What changed: { $count } field
   *[other] What changed: { $count } fields
}
changes-removed = removed:
changes-added = added:
verify-title = Check it yourself
verify-lead = Your own browser now checks that this text is signed by its author ({ $who }), with a key that the network’s register lists.
verify-steps = What is compared
verify-waits = Not checked yet.
verify-no-script = This check needs a script in your browser. Without one, check it by hand as below.
verify-right = All steps agree. This is the text that its author signed.
verify-wrong = A step does not agree. Do not rely on this text; tell the people who run this hub.
verify-unable = Your browser cannot check such signatures (Ed25519), or this page was not opened over https. Check it by hand as below.
verify-fetched = The signed record is fetched
verify-fetched-right = It has the form that the network prescribes, and names the author and version shown on the page.
verify-fetched-wrong = It is not of the prescribed form, or names another author or version.
verify-digest = Its fingerprint is computed
verify-digest-right = It is the fingerprint that this hub’s checked copy has.
verify-digest-wrong = It is another fingerprint than that of this hub’s checked copy.
verify-address = The record’s address is computed from its author and its name
verify-address-right = It is the address of this page.
verify-address-wrong = It is not the address of this page.
verify-register = The author’s keys are read in the register, whose own signature is checked
verify-register-right = The register’s entry is signed by the network’s coordinator, link by link from the first.
verify-register-pinned = This hub has no register: its operator pinned these keys by hand.
verify-register-wrong = The register’s entry is not there, or not signed by the network’s coordinator.
verify-key = The key that signed the record is looked up among them
verify-key-right = It is listed for this author. Its name was computed, not believed.
verify-key-wrong = It is not listed for this author.
verify-signature = The signature is checked with this key
verify-signature-right = The signature is right: no letter has changed since it was signed.
verify-signature-wrong = The signature is wrong.
verify-text = The title shown is compared with the signed one
verify-text-right = It is the same.
verify-text-wrong = It is another.
verify-by-hand = Check it by hand
verify-by-hand-how = Fetch the signed record and the coordinator’s keys, or let a hub of your own walk the whole way from the record to its author’s signed list.
verify-elsewhere = Who does not trust this hub opens the same record at another one: the signed record is the same, byte by byte.
search-title = Search: { $words }
search-how = Words of any of the six languages find practices, mechanisms, documents and events; a phrase goes in quotation marks.
search-kinds = Kinds of records
search-everything = Everything
search-count = { $count ->
    [one] { $count } record
   *[other] { $count } records
}
search-countries = Countries:
search-fewer = Try fewer words, or words of another language.
search-practice = Practice
search-mechanism = Mechanism
search-document = Document
search-event = Event
search-member = Member
compare = Compare
compare-practices = { $count ->
    [one] Compare { $count } practice
   *[other] Compare { $count } practices
}
compare-mechanisms = { $count ->
    [one] Compare { $count } mechanism
   *[other] Compare { $count } mechanisms
}
compare-lead = Side by side, up to four. This address keeps your choice.
compare-less = Not all of this address can be shown: a record is not here, or there are more than four.
compare-lighter = Lighter text marks what is the same for all.
compare-differ = Show only what differs
compare-all-rows = Show every row
compare-same = (the same for all)
compare-scroll = Comparison, scrolls sideways
compare-remove = Remove
compare-fresh = How fresh
compare-languages = Languages
compare-add = Add another
compare-add-this = Add
compare-search = Search what to add
compare-list = Choose from the whole list
