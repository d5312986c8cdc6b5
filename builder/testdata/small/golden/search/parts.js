siteIndex.add("parts",{"pages":"pages.9325583c","text-0":"text-0.8d5a90e7","words":"words.457ce83b"});
