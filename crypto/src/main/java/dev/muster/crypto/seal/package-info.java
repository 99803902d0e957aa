/**
 * Sealing values at rest in the format and by the configuration of Kubernetes ("Encrypting Confidential Data at Rest",
 * {@code EncryptionConfiguration} of {@code apiserver.config.k8s.io/v1}).
 *
 * <p>What must stay true: a value opens only with the key it was sealed with and under the storage key it was sealed for;
 * the first provider writes, all read, in order; a value that nobody can open is an error, never nothing; no message holds
 * key material or plain text.
 *
 * <p>What an attacker who can write to the disk would try: swap two values (the storage key is bound in); put a plain
 * value in a sealed one's place (refused, unless {@code identity} is among the providers: take it out once all is sealed);
 * downgrade to a mode without authentication ({@code aescbc}, refused) or without binding ({@code secretbox}, refused).
 *
 * <p>Nonces are random and 96 bits long, as the format prescribes, so one key may seal 2^32 values (NIST SP 800-38D, 8.3).
 * Seals are counted per key and process, and the key refuses at that number. The store's revision is an upper bound for
 * the life of the store: rotate long before it gets there.
 */
package dev.muster.crypto.seal;
