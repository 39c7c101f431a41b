/**
 * Passwords that a directory (LDAP, Active Directory) knows. A directory says who somebody is and which groups they are in;
 * what that allows, the roles here say. Answers are remembered for a bounded time.
 */
@NullMarked
package dev.sluice.security.ldap;

import org.jspecify.annotations.NullMarked;
