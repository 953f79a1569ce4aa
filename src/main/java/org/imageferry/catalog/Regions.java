package org.imageferry.catalog;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.Work;

/// What the catalog itself knows of a region. Which regions there are is the configuration's to say.
public interface Regions {
    /// The installation that this catalog belongs to: 32 hexadecimal digits, made when it was.
    String installation();

    /// Adds the region unless it is there.
    void ensure(RegionId region);

    List<RegionId> all();

    /// Keeps every other transaction that locks this region waiting until this one ends.
    void lock(RegionId region);

    /// The next place in the region's queues: greater than all before.
    long nextTicket(RegionId region);

    /// What the store's highest generation must not exceed; raised at each start and before each
    /// sweep, here first and then in the store.
    long generation(RegionId region);

    void setGeneration(RegionId region, long generation);

    /// The generation with which the region's store was made: the store has seen no lower one since. 0 until
    /// that has ended.
    long founded(RegionId region);

    void setFounded(RegionId region, long generation);

    /// What marks the folder of disk images that all nodes share; empty until it is noted.
    Optional<String> imageFolder();

    void setImageFolder(String mark);

    /// What an administrator allows in it.
    RegionRules rules(RegionId region);

    void setRules(RegionId region, RegionRules rules);

    /// Counts one record more of the rules.
    ///
    /// @return how many there were
    long raise(RegionId region);

    /// Notes that the account was given a slot now: who was served longest ago goes next.
    void served(RegionId region, Work.Action action, AccountId account, long ticket);
}
