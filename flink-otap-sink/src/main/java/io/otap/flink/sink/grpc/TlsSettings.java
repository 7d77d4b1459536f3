/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * How to encrypt. Files are read where the sink runs.
 *
 * @param caFile authorities of the receiver's certificate, PEM; null for those of Java
 * @param certFile own certificate, PEM; null without mutual TLS
 * @param keyFile key of it, PEM; null without mutual TLS
 * @param serverName name in the receiver's certificate; null for the host of the endpoint
 */
@Internal
public record TlsSettings(String caFile, String certFile, String keyFile, String serverName)
    implements Serializable {}
