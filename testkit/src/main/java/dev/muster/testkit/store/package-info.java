/**
 * What every store must do, as tests: a backend's test class extends {@link dev.muster.testkit.store.StoreConformance} and
 * says how to open an empty store. {@link dev.muster.testkit.store.HeapStore} is the model, and the fake for those who
 * need some store.
 *
 * <p>What must stay true: nothing here knows one backend; a gap is declared and then asserted to be one; the invariants
 * are checked after every case.
 *
 * <p>What an attacker would try: nothing here runs in production.
 */
package dev.muster.testkit.store;
