# The desks of coordinators and administrators.
