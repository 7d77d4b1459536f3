/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Arrows between packages point one way. */
@AnalyzeClasses(packages = "io.otap.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NO_CIRCLES =
      slices().matching("io.otap.core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_FLOW_OF_THE_DATA =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.otap.core..")
          .withOptionalLayers(true)
          .layer("foundation")
          .definedBy("io.otap.core.annotation", "io.otap.core.error")
          .layer("model")
          .definedBy("io.otap.core.model")
          .layer("batch")
          .definedBy("io.otap.core.batch")
          .layer("storage")
          .definedBy("io.otap.core.storage")
          .layer("parquet")
          .definedBy("io.otap.core.parquet")
          .layer("select")
          .definedBy("io.otap.core.select")
          .layer("scan")
          .definedBy("io.otap.core.scan")
          .layer("follow")
          .definedBy("io.otap.core.follow")
          .layer("recovery")
          .definedBy("io.otap.core.recovery")
          .layer("assemble")
          .definedBy("io.otap.core.assemble")
          .layer("otlp")
          .definedBy("io.otap.core.otlp")
          .layer("export")
          .definedBy("io.otap.core.export")
          .layer("wire")
          .definedBy("io.otap.core.wire")
          .whereLayer("wire")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("assemble")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("recovery")
          .mayOnlyBeAccessedByLayers("assemble")
          .whereLayer("scan")
          .mayOnlyBeAccessedByLayers("recovery", "assemble", "follow")
          .whereLayer("select")
          .mayOnlyBeAccessedByLayers("scan", "follow", "assemble")
          .whereLayer("follow")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("parquet")
          .mayOnlyBeAccessedByLayers("scan", "recovery", "assemble", "export")
          .whereLayer("export")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("otlp")
          .mayNotBeAccessedByAnyLayer();
}
