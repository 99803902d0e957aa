/** What the tests of the API share: resources over a store in memory. */
package dev.muster.apiserver.testing;
