//! The door to the disk: incident folders, histories, decisions, caches.
