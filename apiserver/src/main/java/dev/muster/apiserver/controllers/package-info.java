/**
 * What runs by itself: one package for each controller, {@link dev.muster.apiserver.controllers.loop} for what they share, and
 * {@link dev.muster.apiserver.controllers.Controllers} to start them all.
 *
 * <p>What must stay true: a controller acts on what is stored, not on the event that woke it, so that a missed or doubled event
 * changes nothing; its failure is tried again and harms nobody else.
 *
 * <p>What an attacker would try: objects that make a controller fail for ever, or faster than it can work.
 */
package dev.muster.apiserver.controllers;
