# Figures, and what the hub says about itself.
charts-all = All
charts-bar = Bar
charts-darker = { $title }; darker means more
charts-in-year = { $count } in { $year }
charts-scrolls = { $title }, scrolls sideways
charts-table = Show the table
charts-years = The first in { $first }, most in { $year } ({ $count }); year not stated for { $missing }. The table follows.
figures-all-capacities = All capacities
figures-all-regions = All regions
figures-all-sources = All
figures-all-themes = All themes
figures-capacity = Capacity
figures-chips = Chosen
figures-chosen = { $name }: { $value }
figures-clear = Clear all
figures-counted = { $kind }: { $count }
figures-country = Country
figures-embed = Embed
figures-embed-how = Copy this into your page. The figure is counted anew each time somebody reads it.
figures-embed-see = See it alone
figures-from = From
figures-from-hub = Source: { $hub }, counted { $moment }.
figures-goal = Sustainable Development Goal
figures-group = Affected group
figures-kept = This address keeps your choice.
figures-language = Language
figures-lead = { $practices } from { $states }, counted as published here, { $moment }.
figures-more = { $count ->
    [one] { $count } more value stands in the CSV file.
   *[other] { $count } more values stand in the CSV file.
}
figures-nothing = Nothing to count for this choice.
figures-origin = Hub
figures-practices = { $count ->
    [one] { $count } practice
   *[other] { $count } practices
}
figures-region = Region
figures-remove = remove:
figures-shared = Figures of mechanisms and documents follow your choice of region, country, hub and source alone.
figures-show = Show
figures-source = Source
figures-states = { $count ->
    [one] { $count } State
   *[other] { $count } States
}
figures-theme = Theme
figures-title-documents-by-type = Documents by type
figures-title-mechanisms-by-type-and-region = Mechanisms by type and region
figures-title-practices-by-capacity = Practices by capacity
figures-title-practices-by-capacity-and-region = Capacities by region
figures-title-practices-by-goal = Practices by Sustainable Development Goal
figures-title-practices-by-group = Practices by affected group
figures-title-practices-by-language = Practices by language
figures-title-practices-by-region = Practices by region
figures-title-practices-by-source = Said by the State, or compiled
figures-title-practices-by-theme = Practices by theme
figures-title-practices-by-theme-and-region = Theme and region
figures-title-practices-by-year = Since when
figures-to = To
figures-twice = A record with two of these values counts under both.
figures-type = Type
figures-un-mechanism = United Nations mechanism
figures-what = These figures count what has been published here, not what exists. No State is ranked by them.
figures-words = “{ $words }”
figures-year = Year
