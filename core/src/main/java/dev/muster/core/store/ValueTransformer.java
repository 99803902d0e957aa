package dev.muster.core.store;

/** Changes values on their way to and from the store: sealing. The key is bound in, so that values cannot be swapped. */
public interface ValueTransformer {

    /** The form to store. */
    byte[] seal(Key key, byte[] plain);

    /**
     * The plain form.
     *
     * @throws StoreException if it cannot be opened: unknown key id, changed bytes, moved value
     */
    byte[] open(Key key, byte[] stored);
}
