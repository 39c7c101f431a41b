package dev.sluice.account.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Rows of {@code access_rules}. */
interface AccessRuleRepository extends JpaRepository<AccessRuleEntity, Long> {

    List<AccessRuleEntity> findAllByOrderById();
}
