/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/** Arrows between packages point one way, and every public type says for whom it is. */
@AnalyzeClasses(
    packages = "io.otap.flink.sink",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SinkArchitectureTest {

  @ArchTest
  static final ArchRule NO_CIRCLES =
      slices().matching("io.otap.flink.sink.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_SOURCE_IS_UNKNOWN =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.otap.flink.source..");

  @ArchTest
  static final ArchRule PUBLIC_TYPES_ARE_ANNOTATED =
      classes()
          .that()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .should()
          .beAnnotatedWith(Internal.class)
          .orShould()
          .beAnnotatedWith(PublicEvolving.class);
}
