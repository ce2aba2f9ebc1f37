package org.sterna.engine;

import java.util.Map;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.ReadOnlyMapELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;

/**
 * Expressions in which a word of the vocabulary always means that word: no variable of a case can stand for another, and
 * a case's variables are not read only to see that none does.
 */
final class VocabularyFirst extends JuelExpressionManager {

    private final Map<Object, Object> words;

    VocabularyFirst(Map<String, Object> words) {
        super(Map.copyOf(words));
        this.words = Map.copyOf(words);
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new ReadOnlyMapELResolver(words));
        resolver.add(super.createElResolver());
        return resolver;
    }
}
