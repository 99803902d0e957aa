/**
 * How often: a bucket of requests per address, for doors where nobody is known yet. (Requests in flight are counted where it is
 * known who sends them and what they want.)
 *
 * <p>What must stay true: no table grows with the number of strangers; a full table or a stopped clock refuses nobody who was
 * not sending too much; the limit needs nothing that the request claims about itself.
 *
 * <p>What an attacker would try: to come from many addresses of one IPv6 network, to fill the table so that others fall out or
 * in.
 */
package dev.muster.http.limit;
