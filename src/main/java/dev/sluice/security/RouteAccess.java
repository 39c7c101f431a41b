package dev.sluice.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a controller, or one of its methods, asks of whoever comes in; a method's own word wins. A route without it
 * takes an admin, so that a forgotten annotation closes a door and never opens one. Methods OPTIONS ask for nothing, as do
 * paths and methods that no controller serves: they answer 404 and 405.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RouteAccess {
    Access value();
}
