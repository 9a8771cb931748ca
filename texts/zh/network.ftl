# Home, mechanisms, countries, the network, documents and events.
