package dev.sluice.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a controller that is served on the listener of the meta API, and only there. All others never are. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface MetaRoute {

    /** The request attribute that the meta API's listener gives every request; whatever its value. */
    String ATTRIBUTE = "dev.sluice.http.meta";
}
