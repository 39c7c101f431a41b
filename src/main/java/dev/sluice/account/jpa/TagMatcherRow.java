package dev.sluice.account.jpa;

import dev.sluice.account.rule.NameMatcher;
import dev.sluice.account.rule.NameMatcher.Match;
import dev.sluice.account.rule.TagMatcher;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One tag of a rule. */
@Embeddable
class TagMatcherRow {

    @Column(name = "tag_key")
    private String key = "";

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Column(name = "tag_match")
    private Match match = Match.EXACT;

    @Column(name = "tag_value")
    private String value = "";

    /** For JPA. */
    protected TagMatcherRow() {}

    TagMatcherRow(TagMatcher tag) {
        this.key = tag.key();
        this.match = tag.value().match();
        this.value = tag.value().value();
    }

    TagMatcher toMatcher() {
        return new TagMatcher(key, new NameMatcher(match, value));
    }
}
