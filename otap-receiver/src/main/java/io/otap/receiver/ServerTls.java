/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import java.nio.file.Path;

/**
 * Encryption of a server; all files are PEM.
 *
 * @param cert its certificate
 * @param key the certificate's private key, PKCS #8
 * @param clientCa authorities of clients' certificates, which are then required; null for any
 *     client
 */
public record ServerTls(Path cert, Path key, Path clientCa) {}
