"""Service-task handlers: one file each. The diagram names the file in ``oneseal:handler``; HANDLERS is the whole registry."""
