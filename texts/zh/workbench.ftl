# The workbench of staff.
