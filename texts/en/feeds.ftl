# Feeds and calendars: what stands over them and beside their entries.
feed-mechanisms = Mechanisms
feed-practices = Practices
feed-documents = Documents
feed-events = Events
feed-members = Members
calendar-registration = Registration: { $address }
calendar-source = Source: { $source }
calendar-day-open = The day is not fixed yet.
catalogue-description = What the national mechanisms for implementation, reporting and follow-up publish about themselves and their work: every State's own words, held here as proved copies.
catalogue-dataset = { $kind } as { $hub } holds them: each with its origin, its revision and its sources.
