package dev.sluice.security;

/** What one request has to show, by its route and the state of the service. */
enum Demand {

    /** Nothing: credentials are not looked at, not even wrong ones. */
    NOTHING,

    /** The credentials of some user. */
    USER,

    /** The credentials of a user who may see the service's statistics, as admins may. */
    MONITOR,

    /** The credentials of an admin. */
    ADMIN,

    /** More than anybody has: an admin, while there is none. */
    IMPOSSIBLE
}
