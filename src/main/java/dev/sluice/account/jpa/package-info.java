/**
 * Users and grants in a relational database. Entities and repositories stay inside; the account feature sees its {@link
 * dev.sluice.account.UserStore} only.
 */
@NullMarked
package dev.sluice.account.jpa;

import org.jspecify.annotations.NullMarked;
