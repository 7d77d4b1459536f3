/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table;

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
    packages = "io.otap.flink.table",
    importOptions = ImportOption.DoNotIncludeTests.class)
class TableArchitectureTest {

  @ArchTest
  static final ArchRule NO_CIRCLES =
      slices().matching("io.otap.flink.table.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_MODEL_KNOWS_NO_USE =
      noClasses()
          .that()
          .resideInAnyPackage("io.otap.flink.table.model..", "io.otap.flink.table.value..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.otap.flink.source..",
              "io.otap.flink.sink..",
              "io.otap.flink.table.read..",
              "io.otap.flink.table.write..",
              "io.otap.flink.table.connector..");

  @ArchTest
  static final ArchRule ROWS_NEED_NO_JOB =
      noClasses()
          .that()
          .resideInAnyPackage("io.otap.flink.table.read..", "io.otap.flink.table.write..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.otap.flink.source..", "io.otap.flink.sink..", "org.apache.flink.streaming..");

  @ArchTest
  static final ArchRule NO_PLANNER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink.table.planner..", "org.apache.flink.table.runtime..");

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
