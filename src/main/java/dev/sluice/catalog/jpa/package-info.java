/**
 * The catalogue in a relational database. Entities and repositories stay inside; the catalog feature sees its {@link
 * dev.sluice.catalog.CatalogStore} only.
 */
@NullMarked
package dev.sluice.catalog.jpa;

import org.jspecify.annotations.NullMarked;
