package org.imageferry.blocks;

import org.imageferry.domain.Digest;
import org.imageferry.domain.Scope;

/// How a scope keeps its blocks: as they are encoded, or sealed under keys of the scope.
public sealed interface Seal {
    Scope scope();

    /// What a block or part of this content is called in the scope.
    ///
    /// @param content the digest of the content
    Digest name(Digest content);

    /// The scope has no key: names are the digests themselves.
    record None(Scope scope) implements Seal {
        public None {
            if (scope.key().isPresent()) {
                throw new IllegalArgumentException("scope " + scope + " has a key");
            }
        }

        @Override
        public Digest name(Digest content) {
            return content;
        }
    }

    /// The scope has a key, and these are what is derived from it.
    record Keyed(ScopeKeys keys) implements Seal {
        @Override
        public Scope scope() {
            return keys.scope();
        }

        @Override
        public Digest name(Digest content) {
            return keys.name(content);
        }
    }
}
